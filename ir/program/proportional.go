package program

import (
	"math"
	"slices"
)

// proportional is an expression that multiplies one tensor by one number: factor*t + bias.
type proportional struct {
	id     int
	factor float64
	bias   []float64
}

// proportional views x as such an expression, where it is one.
func (b *Builder) proportional(x *Value) (proportional, bool) {
	if l, ok := x.expr.(leaf); ok {
		return proportional{l.id, b.p.Tensors[l.id].Scale, []float64{0}}, true
	}
	l, ok := x.expr.(*linear)
	if !ok || len(l.terms) != 1 {
		return proportional{}, false
	}
	d, ok := l.terms[0].m.(*realDiagonal)
	if !ok {
		return proportional{}, false
	}
	w := compress(d.weights)
	factor := w[0] * b.p.Tensors[l.terms[0].id].Scale
	if len(w) != 1 || factor == 0 || math.IsInf(factor, 0) || math.IsNaN(factor) {
		return proportional{}, false
	}
	return proportional{l.terms[0].id, factor, l.bias}, true
}

// rounding is the operand of a lookup: index h of its rounding stands for the real number slope*h + at0.
type rounding struct {
	id         int
	shift      int
	slope, at0 float64
}

// biasBits is how many bits of a table's step the rounding of a bias keeps.
const biasBits = 4

// round makes the lookup's indices multiples of a power of two times what one unit of the tensor is worth, at most
// step apart: the tensor is rounded as it stands, without a coefficient. With whole, zero must be an index.
func (p proportional) round(b *Builder, x *Value, step float64, whole bool) (rounding, error) {
	unit := math.Abs(p.factor)
	shift := int(math.Floor(math.Log2(step/unit) + 1e-9))
	r := rounding{id: p.id, shift: min(max(shift, 0), MaxShift)}
	bias := compress(p.bias)
	if len(bias) == 1 && (bias[0] == 0 || !whole) {
		r.slope, r.at0 = math.Ldexp(p.factor, r.shift), bias[0]
		if s := b.p.Tensors[p.id].Shape; !s.Equal(x.shape) {
			var err error
			if r.id, err = b.add(&Gather{Operands: []int{p.id}, Shape: x.shape}, b.p.Tensors[p.id].Scale); err != nil {
				return rounding{}, err
			}
		}
		return r, nil
	}
	r.slope = math.Ldexp(unit, r.shift)
	if uneven := func(v float64) bool { return math.Abs(v/unit-math.Round(v/unit)) > 1e-6 }; slices.ContainsFunc(bias, uneven) {
		for ; r.shift < biasBits; r.shift++ {
			unit /= 2
		}
	}
	id, err := b.emit(x, unit)
	r.id = id
	return r, err
}

// roundWhole rounds a sum that has integer coefficients in some unit as it stands, to indices at most step apart; false
// where it has none.
func (b *Builder) roundWhole(x *Value, step float64) (rounding, bool) {
	l, ok := x.expr.(*linear)
	if !ok {
		return rounding{}, false
	}
	u, ok := l.unit(b)
	if !ok || slices.ContainsFunc(l.bias, func(v float64) bool { return math.Abs(v/u-math.Round(v/u)) > unitTolerance }) {
		return rounding{}, false
	}
	id, err := b.attempt(x, u, exactLimit)
	if err != nil {
		return rounding{}, false
	}
	shift := min(max(0, int(math.Floor(math.Log2(step/u)+1e-9))), MaxShift)
	return rounding{id: id, shift: shift, slope: math.Ldexp(u, shift)}, true
}
