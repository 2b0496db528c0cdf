package program

import (
	"math"
	"math/bits"

	"assay/ir/tensor"
)

// ShiftLeft is x*2^by in integers of width bits, which wrap around: from 0 or, if signed, in two's complement. A by
// below 0 or of width or more gives 0. Shapes are equal; either may be constant.
func (b *Builder) ShiftLeft(x, by *Value, width int, signed bool) (*Value, error) {
	p, err := b.MapWhole(by, -1, int64(width), func(i int64) int64 {
		if i < 0 || i >= int64(width) {
			return 0
		}
		return 1 << i
	})
	if err != nil {
		return nil, err
	}
	var v *Value
	switch {
	case p.constant != nil:
		v, err = b.Affine(x, p.constant, nil)
	case x.constant != nil:
		v, err = b.Affine(p, x.constant, nil)
	default:
		if v, err = b.Exact(x); err == nil {
			v, err = b.Product(v, p)
		}
	}
	if err != nil {
		return nil, err
	}
	id, err := b.integers(v)
	if err != nil {
		return nil, err
	}
	v = b.leafOf(v, id)
	r, half := b.p.Tensors[id].Range, 0.0
	if signed {
		if r.Min>>(width-1) >= -1 && r.Max>>(width-1) <= 0 {
			return v, nil
		}
		half = math.Ldexp(1, width-1)
	} else if r.Max>>width == 0 {
		return v, nil
	}
	if v, err = b.Affine(v, nil, tensor.Scalar(half)); err != nil {
		return nil, err
	}
	if v, err = b.Exact(v); err != nil {
		return nil, err
	}
	modulus := tensor.New[float64](v.shape)
	for i := range modulus.Data {
		modulus.Data[i] = math.Ldexp(1, width)
	}
	if v, err = b.Modulo(v, b.Const(modulus), false); err != nil {
		return nil, err
	}
	if v, err = b.Affine(v, nil, tensor.Scalar(-half)); err != nil {
		return nil, err
	}
	return b.Exact(v)
}

// ShiftRight is floor(x / 2^by) for integers of width bits. A by below 0 or of width or more gives -1 where x is
// negative and 0 elsewhere. Shapes are equal; either may be constant.
//
// With m such that -2^m <= x < 2^m, no shift by more than m differs from one by m, and x + 2^m, which is at least 0,
// is divided in place of x: 2^m is a multiple of the divisor.
func (b *Builder) ShiftRight(x, by *Value, width int) (*Value, error) {
	low, high := int64(0), int64(0)
	if c := x.constant; c != nil {
		for _, v := range c.Data {
			low, high = min(low, int64(v)), max(high, int64(v))
		}
	} else {
		id, err := b.integers(x)
		if err != nil {
			return nil, err
		}
		x = b.leafOf(x, id)
		low, high = b.p.Tensors[id].Range.Min, b.p.Tensors[id].Range.Max
	}
	m := int64(max(bits.Len64(uint64(high)), bits.Len64(uint64(-(min(low, -1) + 1)))))
	shift := func(i int64) int64 {
		if i < 0 || i >= int64(width) {
			return m
		}
		return min(i, m)
	}
	p, err := b.MapWhole(by, -1, int64(width), func(i int64) int64 { return 1 << shift(i) })
	if err != nil {
		return nil, err
	}
	if low >= 0 {
		return b.DivideWhole(x, p)
	}
	offset, err := b.MapWhole(by, -1, int64(width), func(i int64) int64 { return 1 << (m - shift(i)) })
	if err != nil {
		return nil, err
	}
	top := math.Ldexp(1, int(m))
	if x.constant != nil {
		x = b.Const(eachOf(x.constant, func(c float64) float64 { return c + top }))
	} else if x, err = b.Affine(x, nil, tensor.Scalar(top)); err != nil {
		return nil, err
	}
	q, err := b.DivideWhole(x, p)
	if err != nil {
		return nil, err
	}
	if offset.constant != nil {
		q, err = b.Affine(q, nil, eachOf(offset.constant, func(c float64) float64 { return -c }))
	} else {
		q, err = b.Add([]*Value{q, offset}, []float64{1, -1})
	}
	if err != nil {
		return nil, err
	}
	return b.Exact(q)
}
