package program

import (
	"math"
	"math/bits"

	"assay/ir/tensor"
)

// ShiftLeft is x*2^by in integers of width bits, which wrap around: from 0 or, if signed, in two's complement. A by
// below 0 or of width or more gives 0. Shapes are equal; either may be constant.
func (b *Builder) ShiftLeft(x, by *Value, width int, signed bool) (*Value, error) {
	power := func(by *Value, width, more int) (*Value, error) {
		return b.MapWhole(by, -1, int64(width), func(i int64) int64 {
			if i < 0 || i >= int64(width) {
				return 0
			}
			return 1 << (i + int64(more))
		})
	}
	p, err := power(by, width, 0)
	if err != nil {
		return nil, err
	}
	r, err := b.interval(x)
	if err != nil {
		return nil, err
	}
	s, err := b.interval(p)
	if err != nil {
		return nil, err
	}
	if max(-r.Min, r.Max)*s.Max < MaxMagnitude {
		v, err := b.times(x, p)
		if err != nil {
			return nil, err
		}
		return b.Wrap(v, width, signed)
	}
	// The upper half of x shifts out of the width before their product leaves 62 bits.
	half := width / 2
	low, high, err := b.halves(x, half)
	if err != nil {
		return nil, err
	}
	if low, err = b.times(low, p); err != nil {
		return nil, err
	}
	if p, err = power(by, width-half, half); err != nil {
		return nil, err
	}
	if high, err = b.times(high, p); err != nil {
		return nil, err
	}
	v, err := b.Add([]*Value{low, high}, []float64{1, 1})
	if err != nil {
		return nil, err
	}
	return b.Wrap(v, width, signed)
}

// times is the exact product of two values made of integers, at most one of them constant.
func (b *Builder) times(x, y *Value) (*Value, error) {
	x, y = constantLast(x, y)
	if y.constant != nil {
		return b.Affine(x, y.constant, nil)
	}
	xs, err := b.integers(x)
	if err != nil {
		return nil, err
	}
	ys, err := b.integers(y)
	if err != nil {
		return nil, err
	}
	id, err := b.add(&Product{A: xs, B: ys}, 1)
	if err != nil {
		return nil, err
	}
	return b.leafOf(x, id), nil
}

// halves splits integers into x mod 2^at and floor(x / 2^at).
func (b *Builder) halves(x *Value, at int) (low, high *Value, err error) {
	d := math.Ldexp(1, at)
	if c := x.constant; c != nil {
		high = b.Const(eachOf(c, func(v float64) float64 { return math.Floor(v / d) }))
		return b.Const(eachOf(c, func(v float64) float64 { return v - d*math.Floor(v/d) })), high, nil
	}
	arg, err := b.integers(x)
	if err != nil {
		return nil, nil, err
	}
	q, err := b.add(&Quotient{Arg: arg, Divisor: 1 << at}, 1)
	if err != nil {
		return nil, nil, err
	}
	r, err := b.add(&Remainder{Arg: arg, Divisor: 1 << at}, 1)
	return b.leafOf(x, r), b.leafOf(x, q), err
}

// Wrap is the integers of width bits that equal v modulo 2^width: from 0 or, if signed, in two's complement.
func (b *Builder) Wrap(v *Value, width int, signed bool) (*Value, error) {
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
	} else if r.Min >= 0 && r.Max>>width == 0 {
		return v, nil
	}
	if v, err = b.Affine(v, nil, tensor.Scalar(half)); err != nil {
		return nil, err
	}
	at := width / 2
	low, high, err := b.halves(v, at)
	if err != nil {
		return nil, err
	}
	if high, _, err = b.halves(high, width-at); err != nil {
		return nil, err
	}
	if v, err = b.Add([]*Value{low, high}, []float64{1, math.Ldexp(1, at)}); err != nil {
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
