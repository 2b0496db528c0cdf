package testprogram

import (
	"math/rand"

	"assay/ir/program"
	"assay/ir/tensor"
)

// rows cuts n elements in rows.
func rows(rng *rand.Rand, n int) (ns program.Ints) {
	for n > 0 {
		m := 1 + rng.Intn(n)
		ns = append(ns, int64(m))
		n -= m
	}
	return ns
}

// distances looks up how far elements lie below the largest of their row, in a table that may end before the farthest.
func (b *Builder) distances(rng *rand.Rand, arg int) int {
	d := b.p.Tensors[arg]
	k := &program.Below{Arg: arg, Rows: rows(rng, d.Shape.Size()), Shift: uint(rng.Intn(9))}
	for k.Shift < program.MaxShift && d.Range.Span()>>k.Shift > 1<<12 {
		k.Shift++
	}
	at := int64(rng.Intn(4096) - 64)
	for range 1 + rng.Intn(40) {
		k.Table = append(k.Table, at)
		at -= int64(rng.Intn(1 + int(max(at, 0))))
	}
	return b.Add(k)
}

// weights gives arg, or an earlier tensor of its shape, without what is below zero, and small where it is large.
func (b *Builder) weights(rng *rand.Rand, made []int, arg int) int {
	x := b.shaped(rng, made, arg)
	if b.p.Tensors[x].Range.Max > 1<<30 || rng.Intn(4) == 0 {
		x = b.small(rng, x, 0)
	}
	if b.p.Tensors[x].Range.Min < 0 {
		x = b.Add(&program.AtLeast{Arg: x})
	}
	return x
}

// means averages values of arg with weights of another tensor.
func (b *Builder) means(rng *rand.Rand, made []int, arg int) int {
	w := b.weights(rng, made, made[rng.Intn(len(made))])
	v := arg
	if rng.Intn(2) == 0 || b.p.Tensors[v].Range.MaxAbs() > 1<<18 {
		v = b.small(rng, arg, -15)
	}
	batch, m, k, n := 1+rng.Intn(2), 1+rng.Intn(3), 1+rng.Intn(3), 1+rng.Intn(3)
	pick := func(of int, shape tensor.Shape) int {
		g := &program.Gather{Operands: []int{of}, Shape: shape}
		for range shape.Size() {
			g.Index = append(g.Index, int64(rng.Intn(b.p.Tensors[of].Shape.Size())))
		}
		return b.Add(g)
	}
	y := &program.Mean{Weights: pick(w, tensor.Shape{batch, m, k}), Values: pick(v, tensor.Shape{batch, k, n}), Bits: uint(6 + rng.Intn(35))}
	y.Shift = uint(rng.Intn(int(y.Bits) + 1))
	return b.flat(b.Add(y))
}
