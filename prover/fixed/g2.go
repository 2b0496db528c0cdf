package fixed

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"assay/internal/simd"
)

// g2 is the group over the quadratic extension, whose u has the square -1.
type g2 struct{}

var (
	_ group[bn254.G2Affine, quadratic] = g2{}
	_ adder[bn254.G2Affine]            = (*batch[bn254.G2Affine, quadratic, g2])(nil)
)

// quadratic is a vector of a0 + a1 u, with room for what a product keeps on its way.
type quadratic struct{ a0, a1, s0, s1, s2 fp.Vector }

func (g2) alloc(n int) quadratic {
	v := make(fp.Vector, 5*n)
	return quadratic{v[:n:n], v[n : 2*n : 2*n], v[2*n : 3*n : 3*n], v[3*n : 4*n : 4*n], v[4*n:]}
}

func (g2) cut(v quadratic, n int) quadratic {
	return quadratic{v.a0[:n], v.a1[:n], v.s0[:n], v.s1[:n], v.s2[:n]}
}

func (g2) sub(z, x, y quadratic) {
	z.a0.Sub(x.a0, y.a0)
	z.a1.Sub(x.a1, y.a1)
}

func (g2) mul(z, x, y quadratic) {
	z.s0.Add(x.a0, x.a1)
	z.s1.Add(y.a0, y.a1)
	simd.Mul(z.s0, z.s0, z.s1)
	simd.Mul(z.s1, x.a0, y.a0)
	simd.Mul(z.s2, x.a1, y.a1)
	z.a0.Sub(z.s1, z.s2)
	z.s0.Sub(z.s0, z.s1)
	z.a1.Sub(z.s0, z.s2)
}

func (g2) square(z, x quadratic) {
	z.s0.Add(x.a0, x.a1)
	z.s1.Sub(x.a0, x.a1)
	simd.Mul(z.s2, x.a0, x.a1)
	simd.Mul(z.a0, z.s0, z.s1)
	z.a1.Add(z.s2, z.s2)
}

// invert divides the conjugates by the norms.
func (g2) invert(z, v, scratch quadratic) {
	simd.Mul(v.s0, v.a0, v.a0)
	simd.Mul(v.s1, v.a1, v.a1)
	v.s0.Add(v.s0, v.s1)
	invert(v.s1, v.s0, scratch.a0)
	simd.Mul(z.a0, v.a0, v.s1)
	v.s1.Sub(zeros[:len(v.s1)], v.s1)
	simd.Mul(z.a1, v.a1, v.s1)
}

// zeros is never written to.
var zeros = make(fp.Vector, Batch)

func (g2) gather(x, y quadratic, table []bn254.G2Affine, digits []int32) {
	var zero, n0, n1 fp.Element
	for from := 0; from < len(digits); from += ahead {
		part := digits[from:min(from+ahead, len(digits))]
		touch2(table, part)
		for k, digit := range part {
			i := from + k
			if digit == 0 {
				x.a0[i], x.a1[i], y.a0[i], y.a1[i] = zero, zero, zero, zero
				continue
			}
			at, sign := entry(digit)
			p := &table[at]
			n0.Sub(&zero, &p.Y.A0)
			n1.Sub(&zero, &p.Y.A1)
			x.a0[i], x.a1[i] = p.X.A0, p.X.A1
			y.a0[i].Select(sign, &p.Y.A0, &n0)
			y.a1[i].Select(sign, &p.Y.A1, &n1)
		}
	}
}

// touch2 reads from the entries of digits, two lines of the cache each.
//
//go:noinline
func touch2(table []bn254.G2Affine, digits []int32) (sum uint64) {
	for _, digit := range digits {
		if digit != 0 {
			at, _ := entry(digit)
			sum += table[at].X.A0[0] + table[at].Y.A0[0]
		}
	}
	return sum
}

func (g2) odd(is []int, y, ty, d quadratic) []int {
	zero := func(v quadratic, i int) bool { return v.a0[i].IsZero() && v.a1[i].IsZero() }
	for i := range d.a0 {
		if zero(d, i) || zero(y, i) || zero(ty, i) {
			is = append(is, i)
			d.a0[i].SetOne()
			d.a1[i].SetZero()
		}
	}
	return is
}

func (g2) load(x, y quadratic, i int) bn254.G2Affine {
	return bn254.G2Affine{X: bn254.E2{A0: x.a0[i], A1: x.a1[i]}, Y: bn254.E2{A0: y.a0[i], A1: y.a1[i]}}
}

func (g2) store(x, y quadratic, i int, p bn254.G2Affine) {
	x.a0[i], x.a1[i], y.a0[i], y.a1[i] = p.X.A0, p.X.A1, p.Y.A0, p.Y.A1
}

func (g2) add(p, q bn254.G2Affine) bn254.G2Affine { return *p.Add(&p, &q) }
