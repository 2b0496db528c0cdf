package program

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

const (
	tableSize  = 512 // elements from which a table, which costs its rows, may take the place of a kernel
	tableRatio = 8   // largest over smallest operand up to which a table of a reciprocal or a root is as precise
	tableBits  = 16  // of its results

	inverseMore = 3 // bits of an inverse beyond those of an activation
)

// Reciprocal is 1/x element by element, at about 16 significant bits of the largest observed result. Elements nearer
// to zero than a quarter of what was observed saturate.
func (b *Builder) Reciprocal(x *Value) (*Value, error) {
	if v, err := b.tabulated(x, func(v float64) float64 { return 1 / v }, tableBits); v != nil || err != nil {
		return v, err
	}
	return b.Quotient(b.ones(x.shape), x)
}

func (b *Builder) ones(s tensor.Shape) *Value {
	t := tensor.New[float64](s)
	for i := range t.Data {
		t.Data[i] = 1
	}
	return b.Const(t)
}

// Inverse is 1/x of elements known to be least or more; smaller ones count as a quarter of least, or more. Many elements are
// multiplied by one inverse and then rounded, which takes the less the fewer bits it has: some more than an activation.
func (b *Builder) Inverse(x *Value, least float64) (*Value, error) {
	r, err := b.interval(x)
	if err != nil {
		return nil, err
	}
	v := *x
	v.observed = Interval{math.Max(r.Min, least), math.Max(r.Max, least)}
	if v.observed.Min < 0 {
		return b.Reciprocal(&v)
	}
	digits := min(b.opt.Bits+inverseMore, quotientBits)
	if t, err := b.tabulated(&v, func(v float64) float64 { return 1 / v }, digits); t != nil || err != nil {
		return t, err
	}
	return b.divide(b.ones(v.shape), &v, digits)
}

// Root is the square root of x, and 0 where x is negative, at about 16 significant bits of the largest observed result.
func (b *Builder) Root(x *Value) (*Value, error) {
	if v, err := b.tabulated(x, math.Sqrt, tableBits); v != nil || err != nil {
		return v, err
	}
	return b.Sqrt(x)
}

// tabulated is f by a table, of as many bits as given, where x is large and its interval far enough from zero; else nil.
func (b *Builder) tabulated(x *Value, f func(float64) float64, bits int) (*Value, error) {
	r, err := b.interval(x)
	if err != nil || x.shape.Size() < tableSize || !(r.Min > 0) || r.Max > tableRatio*r.Min {
		return nil, err
	}
	v, err := b.Map(x, f)
	if err == nil {
		v.SetBits(bits)
	}
	return v, err
}

// Quotient is x/y element by element, of one shape; x may be constant. The observed interval of y says whether it
// is positive, negative or both: where it is of one sign, elements of the other saturate.
func (b *Builder) Quotient(x, y *Value) (*Value, error) {
	r, err := b.interval(y)
	if err != nil {
		return nil, err
	}
	if r.Min >= 0 {
		return b.Divide(x, y)
	}
	if r.Max <= 0 {
		negative, err := b.Affine(y, tensor.Scalar(-1.0), nil)
		if err != nil {
			return nil, err
		}
		negative.observed = Interval{-r.Max, -r.Min}
		v, err := b.Divide(x, negative)
		if err != nil {
			return nil, err
		}
		return b.Affine(v, tensor.Scalar(-1.0), nil)
	}
	sign, magnitude, err := b.polar(y)
	if err != nil {
		return nil, err
	}
	v, err := b.Divide(x, magnitude)
	if err != nil {
		return nil, err
	}
	return b.Product(sign, v)
}

// polar is the sign of x, -1 or 1, and its magnitude, exactly.
func (b *Builder) polar(x *Value) (sign, magnitude *Value, err error) {
	r, err := b.interval(x)
	if err != nil {
		return nil, nil, err
	}
	if x, err = b.Exact(x); err != nil {
		return nil, nil, err
	}
	step, err := b.Step(x)
	if err != nil {
		return nil, nil, err
	}
	if sign, err = b.Affine(step, tensor.Scalar(2.0), tensor.Scalar(-1.0)); err != nil {
		return nil, nil, err
	}
	if sign, err = b.Exact(sign); err != nil {
		return nil, nil, err
	}
	if magnitude, err = b.Product(sign, x); err != nil {
		return nil, nil, err
	}
	// The least magnitude that occurs is not known.
	top := math.Max(-r.Min, r.Max)
	magnitude.observed = Interval{0, top}
	return sign, magnitude, nil
}

// DivideWhole is x/y toward zero for integers; x may be constant. An element of y that is 0 counts as 1.
func (b *Builder) DivideWhole(x, y *Value) (*Value, error) {
	if !b.integral(x) || !b.integral(y) {
		return nil, fmt.Errorf("%s: divide integers: want operands made of integers", b.name)
	}
	signs := make([]*Value, 2)
	parts := []*Value{x, y}
	for i, v := range parts {
		if v.constant == nil {
			id, err := b.emit(v, 1)
			if err != nil {
				return nil, err
			}
			parts[i] = b.leafOf(v, id)
			if b.p.Tensors[id].Range.Min >= 0 {
				continue
			}
			if signs[i], parts[i], err = b.polar(parts[i]); err != nil {
				return nil, err
			}
			continue
		}
		s, m := tensor.New[float64](v.shape), tensor.New[float64](v.shape)
		for j, c := range v.constant.Data {
			s.Data[j], m.Data[j] = math.Copysign(1, c), math.Abs(c)
		}
		signs[i], parts[i] = b.Const(s), b.Const(m)
	}
	q, err := b.floorQuotient(parts[0], parts[1])
	if err != nil {
		return nil, err
	}
	for _, s := range signs {
		switch {
		case s == nil:
		case s.constant != nil:
			q, err = b.Affine(q, s.constant, nil)
		default:
			if q, err = b.Exact(q); err == nil {
				q, err = b.Product(s, q)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return b.Exact(q)
}

// floorQuotient is floor(x/y) of integers x >= 0 and y >= 1, by rounding (2x-y)/(2y).
func (b *Builder) floorQuotient(x, y *Value) (*Value, error) {
	n, err := b.Add([]*Value{x, y}, []float64{2, -1})
	if err != nil {
		return nil, err
	}
	dividend, err := b.emit(n, 1)
	if err != nil {
		return nil, err
	}
	d := y
	if y.constant == nil {
		if d, err = b.Affine(y, tensor.Scalar(2.0), nil); err != nil {
			return nil, err
		}
	} else {
		t := tensor.New[float64](y.shape)
		for i, c := range y.constant.Data {
			t.Data[i] = 2 * c
		}
		d = b.Const(t)
	}
	divisor, err := b.emit(d, 1)
	if err != nil {
		return nil, err
	}
	if b.p.Tensors[divisor].Range.Min < 2 {
		if divisor, err = b.add(&AtLeast{Arg: divisor, Low: 2}, 1); err != nil {
			return nil, err
		}
	}
	id, err := b.add(&Divide{X: dividend, D: divisor}, 1)
	if err != nil {
		return nil, err
	}
	return b.leafOf(newValue(x.shape, nil), id), nil
}
