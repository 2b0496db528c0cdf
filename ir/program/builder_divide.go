package program

import (
	"fmt"
	"math"
)

const (
	quotientBits = 16 // significant bits of quotients and roots, at the largest observed value
	divisorBits  = 16 // significant bits of a divisor that must be rounded, at the smallest observed value
	divisorRoom  = 4  // a divisor saturates this factor below the smallest observed value
)

// Divide is x/y element by element, for y that is positive; x and y are of one shape, and x may be constant. The
// quotient is rounded to about 16 significant bits at its largest observed value. A divisor whose range reaches
// zero saturates below a quarter of the smallest observed one.
func (b *Builder) Divide(x, y *Value) (*Value, error) { return b.divide(x, y, quotientBits) }

// divide is Divide with a quotient of about as many significant bits as given.
func (b *Builder) divide(x, y *Value, bits int) (*Value, error) {
	if y.constant != nil || !x.shape.Equal(y.shape) {
		return nil, fmt.Errorf("%s: divide: want a variable divisor of the dividend's shape, got %v and %v", b.name, x.shape, y.shape)
	}
	within, err := b.interval(y)
	if err != nil {
		return nil, err
	}
	if !(within.Max > 0) {
		return nil, fmt.Errorf("%s: divide: want positive divisors, got an observed interval of [%v, %v]", b.name, within.Min, within.Max)
	}
	least := math.Max(within.Min, math.Ldexp(within.Max, -divisorBits))
	d, err := b.exact(y, math.Ldexp(least, -divisorBits))
	if err != nil {
		return nil, err
	}
	t := b.p.Tensors[d]
	if t.Range.Max > maxDividend {
		if d, err = b.coarse(y, d); err != nil {
			return nil, err
		}
		t = b.p.Tensors[d]
	}
	// A bound far below what was observed would make the quotients large.
	if low := max(1, int64(least/t.Scale/divisorRoom)); t.Range.Min < 1 || t.Range.Min < low/divisorRoom {
		if d, err = b.add(&AtLeast{Arg: d, Low: low}, t.Scale); err != nil {
			return nil, err
		}
	}
	largest, err := b.largest(func() (Interval, error) {
		r, err := b.interval(x)
		return Interval{r.Min / least, r.Max / least}, err
	})
	if err != nil {
		return nil, err
	}
	var n int
	if unit := math.Ldexp(largest, -bits) * t.Scale; x.constant != nil {
		n, err = b.emit(x, unit)
	} else if n, err = b.fine(x, unit); err == nil && b.p.Tensors[n].Range.MaxAbs() > maxDividend {
		n, err = b.coarse(x, n)
	}
	if err != nil {
		return nil, err
	}
	id, err := b.add(&Divide{X: n, D: d}, b.p.Tensors[n].Scale/t.Scale)
	if err != nil {
		return nil, err
	}
	return b.leafOf(newValue(x.shape, nil), id), nil
}

// Sqrt is the square root of x, and 0 where x is negative, rounded down at about 16 significant bits of its largest
// observed value.
func (b *Builder) Sqrt(x *Value) (*Value, error) {
	if x.constant != nil {
		return nil, fmt.Errorf("%s: sqrt: want a variable, got a constant", b.name)
	}
	largest, err := b.largest(func() (Interval, error) {
		r, err := b.interval(x)
		return Interval{0, math.Sqrt(math.Max(r.Max, 0))}, err
	})
	if err != nil {
		return nil, err
	}
	unit := math.Ldexp(largest, -quotientBits)
	id, err := b.fine(x, unit*unit)
	if err != nil {
		return nil, err
	}
	t := b.p.Tensors[id]
	if t.Range.Min < 0 {
		if id, err = b.add(&AtLeast{Arg: id, Low: 0}, t.Scale); err != nil {
			return nil, err
		}
	}
	if id, err = b.add(&Root{Arg: id}, math.Sqrt(t.Scale)); err != nil {
		return nil, err
	}
	return b.leafOf(newValue(x.shape, nil), id), nil
}

// largest is the largest magnitude that calibration saw in the result, or else the interval given.
func (b *Builder) largest(implied func() (Interval, error)) (float64, error) {
	r := b.target
	if !r.Valid() {
		var err error
		if r, err = implied(); err != nil {
			return 0, err
		}
	}
	if m := math.Max(math.Abs(r.Min), math.Abs(r.Max)); m > 0 {
		return m, nil
	}
	return 1, nil
}
