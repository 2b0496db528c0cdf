package fixed

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"assay/internal/simd"
)

// g1 is the group over the base field.
type g1 struct{}

var (
	_ group[bn254.G1Affine, fp.Vector] = g1{}
	_ adder[bn254.G1Affine]            = (*batch[bn254.G1Affine, fp.Vector, g1])(nil)
)

func (g1) alloc(n int) fp.Vector                         { return make(fp.Vector, n) }
func (g1) cut(v fp.Vector, n int) fp.Vector              { return v[:n] }
func (g1) sub(z, x, y fp.Vector)                         { z.Sub(x, y) }
func (g1) mul(z, x, y fp.Vector)                         { simd.Mul(z, x, y) }
func (g1) square(z, x fp.Vector)                         { simd.Mul(z, x, x) }
func (g1) invert(z, v, scratch fp.Vector)                { invert(z, v, scratch) }
func (g1) load(x, y fp.Vector, i int) bn254.G1Affine     { return bn254.G1Affine{X: x[i], Y: y[i]} }
func (g1) store(x, y fp.Vector, i int, p bn254.G1Affine) { x[i], y[i] = p.X, p.Y }
func (g1) add(p, q bn254.G1Affine) bn254.G1Affine        { return *p.Add(&p, &q) }

func (g1) gather(x, y fp.Vector, table []bn254.G1Affine, digits []int32) {
	var zero, neg fp.Element
	for from := 0; from < len(digits); from += ahead {
		part := digits[from:min(from+ahead, len(digits))]
		touch1(table, part)
		for k, digit := range part {
			i := from + k
			if digit == 0 {
				x[i], y[i] = zero, zero
				continue
			}
			at, sign := entry(digit)
			p := &table[at]
			neg.Sub(&zero, &p.Y)
			x[i] = p.X
			y[i].Select(sign, &p.Y, &neg)
		}
	}
}

// touch1 reads from the entries of digits.
//
//go:noinline
func touch1(table []bn254.G1Affine, digits []int32) (sum uint64) {
	for _, digit := range digits {
		if digit != 0 {
			at, _ := entry(digit)
			sum += table[at].X[0]
		}
	}
	return sum
}

func (g1) odd(is []int, y, ty, d fp.Vector) []int {
	for i := range d {
		if d[i].IsZero() || y[i].IsZero() || ty[i].IsZero() {
			is = append(is, i)
			d[i].SetOne()
		}
	}
	return is
}

// invert sets z to the inverses of v, at three multiplications each: it multiplies the halves of v with each other,
// inverts the products and multiplies them by the other half. scratch is twice as long as v.
func invert(z, v, scratch fp.Vector) {
	if len(v) == 1 {
		z[0].Inverse(&v[0])
		return
	}
	half, rest := len(v)/2, len(v)-len(v)/2
	level, inverses := scratch[:rest], scratch[rest:2*rest]
	pairs := level[:half]
	simd.Mul(pairs, v[:half], v[rest:])
	if rest > half {
		level[half] = v[half]
	}
	invert(inverses, level, scratch[2*rest:])
	pairs = inverses[:half]
	low, high := z[:half], z[rest:]
	simd.Mul(low, v[rest:], pairs)
	simd.Mul(high, v[:half], pairs)
	if rest > half {
		z[half] = inverses[half]
	}
}
