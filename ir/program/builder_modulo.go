package program

import (
	"math"
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
