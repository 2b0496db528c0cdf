package program

import (
	"fmt"
	"math"
)

// Product multiplies two variables of one shape, element by element; x may be y. Nothing is rounded until the result
// is consumed: it is exact in the operands' integers, which are those of rounded tensors.
func (b *Builder) Product(x, y *Value) (*Value, error) {
	if x.constant != nil || y.constant != nil || !x.shape.Equal(y.shape) {
		return nil, fmt.Errorf("%s: product: want two variables of one shape, got %v and %v", b.name, x.shape, y.shape)
	}
	xs, ys, err := b.factors(x, y, 1)
	if err != nil {
		return nil, err
	}
	s := b.p.Tensors[xs].Scale * b.p.Tensors[ys].Scale
	id, err := b.add(&Product{A: xs, B: ys}, s)
	if err != nil {
		return nil, err
	}
	return newValue(x.shape, leaf{id}.linear(x.shape)), nil
}

// MatMul multiplies matrices of two variables, [B..., m, k] by [B..., k, n] with equal leading extents. Nothing is
// rounded until the result is consumed.
func (b *Builder) MatMul(x, y *Value) (*Value, error) {
	if x.constant != nil || y.constant != nil {
		return nil, fmt.Errorf("%s: matmul: want two variables, got a constant", b.name)
	}
	z, err := (&MatMul{}).Size(x.shape, y.shape)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", b.name, err)
	}
	xs, ys, err := b.factors(x, y, z.K)
	if err != nil {
		return nil, err
	}
	s := b.p.Tensors[xs].Scale * b.p.Tensors[ys].Scale
	id, err := b.add(&MatMul{A: xs, B: ys}, s)
	if err != nil {
		return nil, err
	}
	t := b.p.Tensors[id].Shape
	return newValue(t, leaf{id}.linear(t)), nil
}

// factors rounds two variables to activation precision, unless they are tensors already, or integers, whose sums of n
// products stay within 63 bits.
func (b *Builder) factors(x, y *Value, n int) (xs, ys int, err error) {
	if xs, err = b.settle(x, b.narrow); err != nil {
		return 0, 0, err
	}
	if ys, err = b.settle(y, b.narrow); err != nil {
		return 0, 0, err
	}
	fits := func() bool {
		p, ok := b.p.Tensors[xs].Range.times(b.p.Tensors[ys].Range)
		if ok {
			_, ok = p.times(Range{int64(n), int64(n)})
		}
		return ok
	}
	if fits() {
		return xs, ys, nil
	}
	wide := func(id int) bool { return b.p.Tensors[id].Range.MaxAbs() >= math.MaxInt32 }
	same := xs == ys
	if wide(xs) {
		if xs, err = b.coarse(x, xs); err != nil {
			return 0, 0, err
		}
	}
	switch {
	case same:
		ys = xs
	case wide(ys):
		if ys, err = b.coarse(y, ys); err != nil {
			return 0, 0, err
		}
	}
	if !fits() {
		return 0, 0, fmt.Errorf("%s: product: sums of %d products of %v and %v leave 63 bits", b.name, n, b.p.Tensors[xs].Range, b.p.Tensors[ys].Range)
	}
	return xs, ys, nil
}

// coarse rounds the tensor that holds v to activation precision.
func (b *Builder) coarse(v *Value, id int) (int, error) {
	r, err := b.interval(v)
	if err != nil {
		return 0, err
	}
	return b.lookup(&Value{shape: v.shape, expr: leaf{id}.linear(v.shape), observed: r}, r, v.bits, func(x float64) float64 { return x })
}
