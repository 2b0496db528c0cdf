package program

import (
	"math"

	"assay/ir/tensor"
)

// Modulo is x mod y for integers, of the sign of y, as in Python; where truncated, of the sign of x, as in C. Shapes
// are equal; either may be constant. An element of y that is 0 counts as 1.
func (b *Builder) Modulo(x, y *Value, truncated bool) (*Value, error) {
	if d, ok := uniform(y); ok && !truncated && x.constant == nil && math.Abs(d) <= 1<<31 && d != 0 {
		id, err := b.integers(x)
		if err != nil {
			return nil, err
		}
		of := b.leafOf(x, id)
		if d < 0 {
			if of, err = b.Negate(of); err != nil {
				return nil, err
			}
		}
		if id, err = b.add(&Remainder{Arg: of.expr.(leaf).id, Divisor: int64(math.Abs(d))}, 1); err != nil {
			return nil, err
		}
		if of = b.leafOf(x, id); d < 0 {
			return b.Negate(of)
		}
		return of, nil
	}
	r, err := b.leftover(x, y)
	if err != nil || truncated {
		return r, err
	}
	// r + y has the sign of y, or is 0 or within its extent of it.
	if y.constant != nil {
		r, err = b.Affine(r, nil, y.constant)
	} else {
		r, err = b.Add([]*Value{r, y}, []float64{1, 1})
	}
	if err != nil {
		return nil, err
	}
	if r, err = b.Exact(r); err != nil {
		return nil, err
	}
	return b.leftover(r, y)
}

// leftover is x - y*q with q the quotient toward zero.
func (b *Builder) leftover(x, y *Value) (*Value, error) {
	q, err := b.DivideWhole(x, y)
	if err != nil {
		return nil, err
	}
	if y.constant != nil {
		q, err = b.Affine(q, y.constant, nil)
	} else if q, err = b.Exact(q); err == nil {
		q, err = b.Product(y, q)
	}
	if err != nil {
		return nil, err
	}
	r, err := b.Add([]*Value{x, q}, []float64{1, -1})
	if err != nil {
		return nil, err
	}
	return b.Exact(r)
}

// uniform is the one value that all elements of a constant have.
func uniform(v *Value) (float64, bool) {
	if v.constant == nil || len(v.constant.Data) == 0 {
		return 0, false
	}
	for _, x := range v.constant.Data {
		if x != v.constant.Data[0] {
			return 0, false
		}
	}
	return v.constant.Data[0], true
}

// ShiftLeft is x*2^by modulo 2^width for integers of at least 0. Shapes are equal; by may be constant.
func (b *Builder) ShiftLeft(x, by *Value, width int) (*Value, error) {
	p, err := b.power(by, width, 0)
	if err != nil {
		return nil, err
	}
	var v *Value
	if p.constant != nil {
		v, err = b.Affine(x, p.constant, nil)
	} else if v, err = b.Exact(x); err == nil {
		v, err = b.Product(v, p)
	}
	if err != nil {
		return nil, err
	}
	id, err := b.integers(v)
	if err != nil {
		return nil, err
	}
	if v = b.leafOf(v, id); b.p.Tensors[id].Range.Max>>width == 0 {
		return v, nil
	}
	modulus := tensor.New[float64](v.shape)
	for i := range modulus.Data {
		modulus.Data[i] = math.Ldexp(1, width)
	}
	return b.Modulo(v, b.Const(modulus), false)
}

// ShiftRight is floor(x / 2^by) for integers of at least 0. Shapes are equal; by may be constant.
func (b *Builder) ShiftRight(x, by *Value, width int) (*Value, error) {
	p, err := b.power(by, width, math.Ldexp(1, min(width, 31)))
	if err != nil {
		return nil, err
	}
	return b.DivideWhole(x, p)
}

// power is 2^by, and beyond for shifts by the width or more.
func (b *Builder) power(by *Value, width int, beyond float64) (*Value, error) {
	return b.MapWhole(by, 0, int64(width), func(i int64) int64 {
		if i == int64(width) {
			return int64(beyond)
		}
		return 1 << i
	})
}
