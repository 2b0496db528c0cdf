package msm

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"assay/internal/simd"
)

// pair is a vector over the quadratic extension, by coordinates: a0 + a1 u with u^2 = -1.
type pair struct{ a0, a1 column }

func (z *pair) set(i int, e *bn254.E2) { z.a0[i], z.a1[i] = e.A0, e.A1 }
func (z *pair) get(i int, e *bn254.E2) { e.A0, e.A1 = z.a0[i], z.a1[i] }

func (z *pair) sub(n int, x, y *pair) {
	a0, a1 := fp.Vector(z.a0[:n]), fp.Vector(z.a1[:n])
	a0.Sub(x.a0[:n], y.a0[:n])
	a1.Sub(x.a1[:n], y.a1[:n])
}

// mul is the product by Karatsuba's three; z may be x or y.
func (z *pair) mul(n int, x, y, scratch *pair) {
	s, t := fp.Vector(scratch.a0[:n]), fp.Vector(scratch.a1[:n])
	a0, a1 := fp.Vector(z.a0[:n]), fp.Vector(z.a1[:n])
	s.Add(x.a0[:n], x.a1[:n])
	t.Add(y.a0[:n], y.a1[:n])
	simd.Mul(s, s, t)
	simd.Mul(t, x.a0[:n], y.a0[:n])
	simd.Mul(a1, x.a1[:n], y.a1[:n])
	a0.Sub(t, a1)
	s.Sub(s, t)
	a1.Sub(s, a1)
}

// square: (a0 + a1)(a0 - a1) + 2 a0 a1 u; z is not x.
func (z *pair) square(n int, x *pair) {
	a0, a1 := fp.Vector(z.a0[:n]), fp.Vector(z.a1[:n])
	a0.Add(x.a0[:n], x.a1[:n])
	a1.Sub(x.a0[:n], x.a1[:n])
	simd.Mul(a0, a0, a1)
	simd.Mul(a1, x.a0[:n], x.a1[:n])
	a1.Add(a1, a1)
}

// batch2 adds in G2, by the equations of batch1. An inverse is that of the norm times the conjugate.
type batch2 struct {
	x1, y1, x2, y2     pair
	x3, y3             pair
	slope, run_, spare pair
	inverse            column
	infinite           [batchSize]bool
	inverter           inverter
}

func (b *batch2) keep(p, q *bn254.G2Affine, minus bool) {
	if *p = *q; minus {
		p.Y.Neg(&q.Y)
	}
}

func (b *batch2) restore(*bn254.G2Affine) {}

func (b *batch2) left(i int, p *bn254.G2Affine) {
	b.x1.set(i, &p.X)
	b.y1.set(i, &p.Y)
}

func (b *batch2) right(i int, p *bn254.G2Affine) {
	b.x2.set(i, &p.X)
	b.y2.set(i, &p.Y)
}

func (b *batch2) adopt(i int, q *bn254.G2Affine, minus bool) {
	var p bn254.G2Affine
	b.keep(&p, q, minus)
	b.right(i, &p)
}

func (b *batch2) store(i int, p *bn254.G2Affine) bool {
	b.x3.get(i, &p.X)
	b.y3.get(i, &p.Y)
	return !b.infinite[i]
}

func (b *batch2) run(n int) {
	m := padded(n)
	b.run_.sub(n, &b.x2, &b.x1)
	b.slope.sub(n, &b.y2, &b.y1)
	for i := range n {
		b.infinite[i] = false
		if b.run_.a0[i].IsZero() && b.run_.a1[i].IsZero() {
			b.vertical(i)
		}
	}
	leaves := b.inverter.leaves(m)
	norm, t := leaves[:n], fp.Vector(b.spare.a0[:n])
	simd.Mul(norm, b.run_.a0[:n], b.run_.a0[:n])
	simd.Mul(t, b.run_.a1[:n], b.run_.a1[:n])
	norm.Add(norm, t)
	for i := n; i < m; i++ {
		leaves[i].SetOne()
	}
	b.inverter.run(m, b.inverse[:m])
	// The slope times the conjugate of the run is (s0 r0 + s1 r1) + (s1 r0 - s0 r1) u.
	for i := range n {
		b.run_.a1[i].Neg(&b.run_.a1[i])
	}
	b.slope.mul(n, &b.slope, &b.run_, &b.spare)
	s0, s1, inverse := fp.Vector(b.slope.a0[:n]), fp.Vector(b.slope.a1[:n]), fp.Vector(b.inverse[:n])
	simd.Mul(s0, s0, inverse)
	simd.Mul(s1, s1, inverse)

	b.x3.square(n, &b.slope)
	b.x3.sub(n, &b.x3, &b.x1)
	b.x3.sub(n, &b.x3, &b.x2)
	b.y3.sub(n, &b.x1, &b.x3)
	b.y3.mul(n, &b.y3, &b.slope, &b.spare)
	b.y3.sub(n, &b.y3, &b.y1)
}

func (b *batch2) vertical(i int) {
	if !b.slope.a0[i].IsZero() || !b.slope.a1[i].IsZero() {
		b.infinite[i] = true
		b.run_.a0[i].SetOne()
		return
	}
	var x, y, square bn254.E2
	b.x1.get(i, &x)
	b.y1.get(i, &y)
	b.run_.set(i, y.Double(&y))
	square.Square(&x)
	x.Double(&square)
	b.slope.set(i, square.Add(&square, &x))
}
