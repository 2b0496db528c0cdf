package program

import (
	"fmt"
	"math"
	"slices"
)

// exactly is an expression that may have a unit in which it rounds nothing.
type exactly interface {
	// unit gives a unit in which every coefficient is an integer; false where none is found. Biases, fills and
	// constants beside variables do not count.
	unit(b *Builder) (float64, bool)
}

const (
	unitFraction  = 64      // coefficients are integers in the smallest of them over at most this
	unitLimit     = 1 << 31 // and there at most this
	unitTolerance = 1e-6    // with this for float
	exactLimit    = 1 << 40 // magnitude up to which an exact unit is kept
	fineLimit     = 1 << 59 // magnitude up to which a unit is made finer
)

func (e leaf) unit(b *Builder) (float64, bool) { return b.p.Tensors[e.id].Scale, true }

func (e *maximum) unit(b *Builder) (float64, bool) { return b.unit(e.of) }

func (e *gather) unit(b *Builder) (float64, bool) {
	common, found := 0.0, false
	for _, v := range e.of {
		if v.constant != nil {
			continue
		}
		u, ok := b.unit(v)
		if !ok || found && !close(u, common) {
			return 0, false
		}
		common, found = u, true
	}
	return common, found
}

func (e *linear) unit(b *Builder) (float64, bool) {
	smallest := math.Inf(1)
	for _, t := range e.terms {
		for _, w := range t.m.coefficients() {
			if w != 0 {
				smallest = math.Min(smallest, math.Abs(w)*b.p.Tensors[t.id].Scale)
			}
		}
	}
	if math.IsInf(smallest, 0) {
		return 0, false
	}
	for m := 1.0; m <= unitFraction; m++ {
		if e.multiples(b, smallest/m) {
			return smallest / m, true
		}
	}
	return 0, false
}

// multiples reports whether all coefficients are integers in the unit.
func (e *linear) multiples(b *Builder, unit float64) bool {
	for _, t := range e.terms {
		f := b.p.Tensors[t.id].Scale / unit
		for _, w := range t.m.coefficients() {
			if w *= f; math.Abs(w) > unitLimit || math.Abs(w-math.Round(w)) > unitTolerance {
				return false
			}
		}
	}
	return true
}

func close(a, b float64) bool { return math.Abs(a-b) <= unitTolerance*math.Abs(b) }

func (b *Builder) unit(v *Value) (float64, bool) {
	if e, ok := v.expr.(exactly); ok {
		return e.unit(b)
	}
	return 0, false
}

// exact computes v in a unit in which all its coefficients are integers, if there is one, and else in about the
// given unit. Biases are rounded to that.
func (b *Builder) exact(v *Value, unit float64) (int, error) {
	if _, ok := v.expr.(*mapped); ok {
		return b.narrow(v)
	}
	if l, ok := v.expr.(leaf); ok {
		return l.id, nil
	}
	if id, ok := b.lossless(v, unit); ok {
		return id, nil
	}
	return b.fine(v, unit)
}

// lossless computes v in a unit in which all its coefficients are integers, and its biases are off by at most
// tolerance. It is false where there is no such unit, or numbers would exceed 2^40.
func (b *Builder) lossless(v *Value, tolerance float64) (int, bool) {
	u, ok := b.unit(v)
	if !ok {
		return 0, false
	}
	if l, ok := v.expr.(*linear); ok {
		rough := func(x float64) bool { return math.Abs(x-math.Round(x/u)*u) > tolerance }
		for i := 0; i < 40 && slices.ContainsFunc(l.bias, rough); i++ {
			u /= 2
		}
	}
	id, err := b.attempt(v, u, exactLimit)
	return id, err == nil
}

// fine computes v in a unit of at most the given one, or a coarser one where the numbers would be too large. It
// rounds no coefficient where v has a unit in which all of them are integers.
func (b *Builder) fine(v *Value, unit float64) (int, error) {
	if _, ok := v.expr.(*mapped); ok {
		if _, err := b.narrow(v); err != nil {
			return 0, err
		}
	}
	largest := math.Inf(1)
	if u, ok := b.unit(v); ok {
		// A power of two divides u down to the unit.
		largest = u
		unit = math.Ldexp(u, -max(0, int(math.Ceil(math.Log2(u/unit)-1e-9))))
	} else if v.expr != nil {
		unit /= math.Max(1, 2*v.expr.noise(b)) // so that rounded coefficients do not show
	}
	for range 64 {
		if unit > largest {
			break
		}
		if id, err := b.attempt(v, unit, fineLimit); err == nil {
			return id, nil
		}
		unit *= 2
	}
	return b.narrow(v) // numbers of that size have no use for more than activation precision
}

// attempt computes v in the unit, or leaves the program as it was where its numbers exceed limit.
func (b *Builder) attempt(v *Value, unit float64, limit int64) (int, error) {
	nodes, tensors := len(b.p.Nodes), len(b.p.Tensors)
	id, err := b.emit(v, unit)
	if err == nil && b.p.Tensors[id].Range.MaxAbs() > limit {
		err = fmt.Errorf("%s: want numbers of at most %d in magnitude, got %v", b.name, limit, b.p.Tensors[id].Range)
	}
	if err != nil {
		b.p.Nodes, b.p.Tensors = b.p.Nodes[:nodes], b.p.Tensors[:tensors]
		return 0, err
	}
	return id, nil
}
