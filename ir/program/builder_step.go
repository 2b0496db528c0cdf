package program

import (
	"fmt"
	"math"
)

// Step is 1 where x >= 0, else 0. It compares the integers that x is made of: where they have integer coefficients in
// some unit, nothing is rounded.
func (b *Builder) Step(x *Value) (*Value, error) {
	if x.constant != nil {
		return nil, fmt.Errorf("%s: step: want a variable, got a constant", b.name)
	}
	id, err := b.sign(x)
	if err != nil {
		return nil, err
	}
	if id, err = b.add(&Step{Arg: id}, 1); err != nil {
		return nil, err
	}
	return b.leafOf(newValue(x.shape, nil), id), nil
}

// sign computes integers with the sign of x: of a sum of integers and a bias, the bias rounds down.
func (b *Builder) sign(x *Value) (int, error) {
	l, ok := x.expr.(*linear)
	if !ok {
		return b.wide(x)
	}
	u, ok := l.unit(b)
	if !ok {
		return b.wide(x)
	}
	floored := &linear{terms: l.terms, bias: make([]float64, len(l.bias))}
	for i, v := range l.bias {
		floored.bias[i] = math.Floor(v/u+unitTolerance) * u
	}
	v := newValue(x.shape, floored)
	v.observed = x.observed
	if id, err := b.attempt(v, u, fineLimit); err == nil {
		return id, nil
	}
	return b.wide(x)
}
