package msm

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"assay/internal/simd"
)

type column = [batchSize]fp.Element

// batch1 adds in G1: with t = (y2 - y1)/(x2 - x1), x3 = t^2 - x1 - x2 and y3 = t (x1 - x3) - y1; for equal points
// t = 3 x1^2 / 2 y1.
type batch1 struct {
	x1, y1, x2, y2 column
	x3, y3         column
	slope, inverse column
	infinite       [batchSize]bool
	inverter       inverter
}

func (b *batch1) keep(p, q *bn254.G1Affine, minus bool) {
	if *p = *q; minus {
		p.Y.Neg(&q.Y)
	}
}

func (b *batch1) restore(*bn254.G1Affine) {}

func (b *batch1) left(i int, p *bn254.G1Affine)  { b.x1[i], b.y1[i] = p.X, p.Y }
func (b *batch1) right(i int, p *bn254.G1Affine) { b.x2[i], b.y2[i] = p.X, p.Y }

func (b *batch1) adopt(i int, q *bn254.G1Affine, minus bool) {
	b.x2[i], b.y2[i] = q.X, q.Y
	if minus {
		b.y2[i].Neg(&q.Y)
	}
}

func (b *batch1) store(i int, p *bn254.G1Affine) bool {
	p.X, p.Y = b.x3[i], b.y3[i]
	return !b.infinite[i]
}

func (b *batch1) run(n int) {
	m := padded(n)
	x1, y1, x2, y2 := fp.Vector(b.x1[:n]), fp.Vector(b.y1[:n]), fp.Vector(b.x2[:n]), fp.Vector(b.y2[:n])
	x3, y3, slope := fp.Vector(b.x3[:n]), fp.Vector(b.y3[:n]), fp.Vector(b.slope[:n])
	leaves := b.inverter.leaves(m)
	run := leaves[:n]
	run.Sub(x2, x1)
	slope.Sub(y2, y1)
	for i := range run {
		b.infinite[i] = false
		if run[i].IsZero() {
			b.vertical(i, &run[i])
		}
	}
	for i := n; i < m; i++ {
		leaves[i].SetOne()
	}
	b.inverter.run(m, b.inverse[:m])
	simd.Mul(slope, slope, b.inverse[:n])
	simd.Mul(x3, slope, slope)
	x3.Sub(x3, x1)
	x3.Sub(x3, x2)
	y3.Sub(x1, x3)
	simd.Mul(y3, y3, slope)
	y3.Sub(y3, y1)
}

// vertical sets slope and denominator of addition i, whose operands have the same x: they are equal, or opposite and
// their sum is at infinity.
func (b *batch1) vertical(i int, run *fp.Element) {
	if !b.slope[i].IsZero() {
		b.infinite[i] = true
		run.SetOne()
		return
	}
	run.Double(&b.y1[i])
	square := &b.slope[i]
	square.Square(&b.x1[i])
	var two fp.Element
	two.Double(square)
	square.Add(square, &two)
}
