package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Truth values are the integers 0 and 1 at scale 1.

// And is 1 where both truth values are. Shapes are equal, except that a constant may broadcast.
func (b *Builder) And(x, y *Value) (*Value, error) {
	x, y = constantLast(x, y)
	if y.constant != nil {
		return b.truthful(x, y.constant, nil)
	}
	v, err := b.truths(x, y)
	if err != nil {
		return nil, err
	}
	p, err := b.Product(v[0], v[1])
	if err != nil {
		return nil, err
	}
	return b.Exact(p)
}

// Or is 1 where either truth value is. Shapes are equal, except that a constant may broadcast.
func (b *Builder) Or(x, y *Value) (*Value, error) {
	x, y = constantLast(x, y)
	if y.constant != nil {
		return b.truthful(x, eachOf(y.constant, func(c float64) float64 { return 1 - c }), y.constant)
	}
	return b.count(x, y, func(n int64) int64 { return min(n, 1) })
}

// Xor is 1 where the truth values differ. Shapes are equal, except that a constant may broadcast.
func (b *Builder) Xor(x, y *Value) (*Value, error) {
	x, y = constantLast(x, y)
	if y.constant != nil {
		return b.truthful(x, eachOf(y.constant, func(c float64) float64 { return 1 - 2*c }), y.constant)
	}
	return b.count(x, y, func(n int64) int64 { return n & 1 })
}

// Not is 1 where the truth value is 0.
func (b *Builder) Not(x *Value) (*Value, error) {
	return b.truthful(x, tensor.Scalar(-1.0), tensor.Scalar(1.0))
}

func constantLast(x, y *Value) (*Value, *Value) {
	if x.constant != nil {
		return y, x
	}
	return x, y
}

func eachOf(t *tensor.Float, f func(float64) float64) *tensor.Float {
	r := tensor.New[float64](t.Shape)
	for i, v := range t.Data {
		r.Data[i] = f(v)
	}
	return r
}

// truths holds values within 0 and 1.
func (b *Builder) truths(vs ...*Value) ([]*Value, error) {
	held := make([]*Value, len(vs))
	for i, v := range vs {
		var err error
		if held[i], err = b.Whole(v, 0, 1); err != nil {
			return nil, err
		}
	}
	return held, nil
}

// truthful is the truth value x*scale + shift, which costs nothing.
func (b *Builder) truthful(x *Value, scale, shift *tensor.Float) (*Value, error) {
	held, err := b.truths(x)
	if err != nil {
		return nil, err
	}
	v, err := b.Affine(held[0], scale, shift)
	if err != nil {
		return nil, err
	}
	return b.Exact(v)
}

// count applies f to the number of truth values that are 1.
func (b *Builder) count(x, y *Value, f func(int64) int64) (*Value, error) {
	held, err := b.truths(x, y)
	if err != nil {
		return nil, err
	}
	n, err := b.Add(held, []float64{1, 1})
	if err != nil {
		return nil, err
	}
	return b.MapWhole(n, 0, 2, f)
}

// AtLeast is 1 where x >= y, exactly on the integers that they are made of. Shapes are equal, except that one of them
// may be a constant that broadcasts.
func (b *Builder) AtLeast(x, y *Value) (*Value, error) {
	var d *Value
	var err error
	switch {
	case x.constant != nil && y.constant != nil:
		return nil, fmt.Errorf("%s: comparison: want a variable, got two constants", b.name)
	case y.constant != nil:
		d, err = b.Affine(x, nil, eachOf(y.constant, func(c float64) float64 { return -c }))
	case x.constant != nil:
		d, err = b.Affine(y, tensor.Scalar(-1.0), x.constant)
	default:
		d, err = b.Add([]*Value{x, y}, []float64{1, -1})
	}
	if err != nil {
		return nil, err
	}
	if d.observed, err = b.differences(x, y); err != nil {
		return nil, err
	}
	return b.Step(d)
}

// differences is the interval of x - y.
func (b *Builder) differences(x, y *Value) (Interval, error) {
	r, err := b.interval(x)
	if err != nil {
		return Interval{}, err
	}
	s, err := b.interval(y)
	return Interval{r.Min - s.Max, r.Max - s.Min}, err
}

// Where is x where the truth value c is 1 and y where it is 0. Shapes are equal; x and y may be constant. It is
// c*(x-y) + y, exact in the integers that x and y are made of.
func (b *Builder) Where(c, x, y *Value) (*Value, error) {
	held, err := b.truths(c)
	if err != nil {
		return nil, err
	}
	c = held[0]
	var terms []*Value
	var sign []float64
	add := func(s float64, v *Value, err error) error {
		terms, sign = append(terms, v), append(sign, s)
		return err
	}
	chosen := func(v *Value) (*Value, error) {
		if v.constant != nil {
			return b.Affine(c, v.constant, nil)
		}
		if v, err = b.Exact(v); err != nil {
			return nil, err
		}
		return b.Product(c, v)
	}
	if x.constant == nil && y.constant == nil {
		d, err := b.Add([]*Value{x, y}, []float64{1, -1})
		if err != nil {
			return nil, err
		}
		if _, ok := b.unit(d); ok {
			if d.observed, err = b.differences(x, y); err != nil {
				return nil, err
			}
			p, err := chosen(d)
			if err != nil {
				return nil, err
			}
			return b.whole(b.Add([]*Value{p, y}, []float64{1, 1}))
		}
	}
	v, err := chosen(x)
	if err := add(1, v, err); err != nil {
		return nil, err
	}
	v, err = chosen(y)
	if err := add(-1, v, err); err != nil {
		return nil, err
	}
	if err := add(1, y, nil); err != nil {
		return nil, err
	}
	return b.whole(b.Add(terms, sign))
}

// whole makes a value of integers a tensor of scale 1.
func (b *Builder) whole(v *Value, err error) (*Value, error) {
	if err == nil && b.integral(v) {
		_, err = b.settle(v, b.narrow)
	}
	return v, err
}
