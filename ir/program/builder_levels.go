package program

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

// mostLevels bounds the bits that Levels rounds to: a table has a row for each level.
const mostLevels = 13

// Levels rounds x, once for all its readers, to levels at most step apart over its observed interval: to at least the
// bits of an activation and at most 2^13 levels. What has that few levels stays as it is. An infinite step asks for
// the precision of an activation.
func (b *Builder) Levels(x *Value, step float64) (*Value, error) {
	if x.constant != nil {
		return x, nil
	}
	if err := b.Prefer(x, step); err != nil {
		return nil, err
	}
	r, err := b.interval(x)
	if err != nil {
		return nil, err
	}
	l, rounded := x.expr.(leaf)
	if rounded && b.p.Tensors[l.id].Range.Span() < 1<<(mostLevels+2) {
		return x, nil
	}
	if !rounded {
		_, err = b.narrow(x)
		return x, err
	}
	id, err := b.lookup(x, r, x.bits, func(v float64) float64 { return v })
	if err != nil {
		return nil, err
	}
	v := newValue(x.shape, leaf{id})
	v.observed = r
	return v, nil
}

// Prefer makes x, when it is rounded, have levels at most step apart, as Levels does at once.
func (b *Builder) Prefer(x *Value, step float64) error {
	if x.constant != nil {
		return nil
	}
	r, err := b.interval(x)
	if err != nil {
		return err
	}
	bits := max(x.bits, min(b.opt.Bits, mostLevels))
	for bits < mostLevels && math.Ldexp(step, bits) < r.Max-r.Min {
		bits++
	}
	x.SetBits(bits)
	return nil
}

// Exact computes x without rounding, where the integers that takes stay small, and as precisely as an output
// otherwise.
func (b *Builder) Exact(x *Value) (*Value, error) {
	if x.constant != nil {
		return x, nil
	}
	id, err := b.exact(x, 0)
	if err != nil {
		return nil, err
	}
	x.expr = leaf{id}
	return x, nil
}

// Align rounds x to multiples of 2^-bits of what one integer of like stands for, halves up, where like is rounded and
// x is made of integers of a fraction of it: a mean of its elements. Else it is Exact.
func (b *Builder) Align(x, like *Value, bits int) (*Value, error) {
	l, ok := like.expr.(leaf)
	e, linear := x.expr.(*linear)
	if !ok || !linear {
		return b.Exact(x)
	}
	scale := b.p.Tensors[l.id].Scale
	u, ok := e.unit(b)
	n := math.Round(scale / u)
	if !ok || n < 2 || n > 1<<24 || !close(scale, n*u) {
		return b.Exact(x)
	}
	// Floor division rounds after half a divisor was added.
	u = math.Ldexp(u, -bits)
	half, err := b.Affine(x, nil, tensor.Scalar(math.Floor(n/2)*u))
	if err != nil {
		return nil, err
	}
	id, err := b.attempt(half, u, fineLimit)
	if err != nil {
		return b.Exact(x)
	}
	if id, err = b.add(&Quotient{Arg: id, Divisor: int64(n)}, n*u); err != nil {
		return nil, err
	}
	return b.leafOf(x, id), nil
}

// Hide is x, rounded to levels at most step apart, where truth, of its shape, is 1, and a number at least gap below
// all that x can be where it is 0.
func (b *Builder) Hide(x, truth *Value, step, gap float64) (*Value, error) {
	r, err := b.interval(x)
	if err != nil {
		return nil, err
	}
	if _, ok := x.expr.(leaf); !ok {
		// No more levels than asked for: those of what is hidden come on top.
		rounded := *x
		rounded.SetBits(4)
		for rounded.bits < mostLevels && math.Ldexp(step, rounded.bits) < r.Max-r.Min {
			rounded.bits++
		}
		x = &rounded
		if _, err = b.narrow(x); err != nil {
			return nil, err
		}
	}
	l, ok := x.expr.(leaf)
	if !ok {
		return nil, fmt.Errorf("%s: hide: want a variable", b.name)
	}
	scale := b.p.Tensors[l.id].Scale
	low := math.Floor((math.Min(r.Min, float64(b.p.Tensors[l.id].Range.Min)*scale)-gap)/scale) * scale
	if t := truth.constant; t != nil {
		index := make([]int, len(t.Data))
		for i, v := range t.Data {
			if index[i] = i; v == 0 {
				index[i] = -1
			}
		}
		v := newValue(x.shape, &gather{index, low, []*Value{x}})
		id, err := b.emit(v, scale)
		if err != nil {
			return nil, err
		}
		return b.leafOf(v, id), nil
	}
	above, err := b.Affine(x, nil, tensor.Scalar(-low))
	if err != nil {
		return nil, err
	}
	if above, err = b.Exact(above); err != nil {
		return nil, err
	}
	shown, err := b.Product(above, truth)
	if err != nil {
		return nil, err
	}
	if shown, err = b.Affine(shown, nil, tensor.Scalar(low)); err != nil {
		return nil, err
	}
	return b.Exact(shown)
}
