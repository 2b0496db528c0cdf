package program

import "fmt"

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

// productLimit bounds products and their sums: rounding larger ones, and multiplying them on, takes more than rounding
// a factor.
const productLimit = 1 << 50

// factors rounds two variables to activation precision, unless they are tensors already. It rounds a tensor, the one of
// larger numbers first, where sums of n products would leave productLimit.
func (b *Builder) factors(x, y *Value, n int) (xs, ys int, err error) {
	if xs, err = b.narrow(x); err != nil {
		return 0, 0, err
	}
	if ys, err = b.narrow(y); err != nil {
		return 0, 0, err
	}
	same := xs == ys
	for range 3 {
		p, ok := b.p.Tensors[xs].Range.times(b.p.Tensors[ys].Range)
		if ok {
			p, ok = p.times(Range{int64(n), int64(n)})
		}
		if ok && p.MaxAbs() <= productLimit {
			return xs, ys, nil
		}
		if b.p.Tensors[xs].Range.MaxAbs() >= b.p.Tensors[ys].Range.MaxAbs() {
			if xs, err = b.coarse(x, xs); same {
				ys = xs
			}
		} else {
			ys, err = b.coarse(y, ys)
		}
		if err != nil {
			return 0, 0, err
		}
	}
	return 0, 0, fmt.Errorf("%s: product: sums of %d products of %v and %v are too large", b.name, n, b.p.Tensors[xs].Range, b.p.Tensors[ys].Range)
}

// coarse rounds the tensor that holds v to as many levels as a table bears.
func (b *Builder) coarse(v *Value, id int) (int, error) {
	r, err := b.interval(v)
	if err != nil {
		return 0, err
	}
	return b.lookup(&Value{shape: v.shape, expr: leaf{id}.linear(v.shape), observed: r}, r, v.bits, func(x float64) float64 { return x })
}
