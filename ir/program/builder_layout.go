package program

import (
	"fmt"
	"math"
	"slices"

	"assay/ir/tensor"
)

// Reshape relabels the elements.
func (b *Builder) Reshape(x *Value, s tensor.Shape) (*Value, error) {
	if s.Size() != x.shape.Size() {
		return nil, fmt.Errorf("%s: reshape: %v has %d elements, %v has %d", b.name, x.shape, x.shape.Size(), s, s.Size())
	}
	if s.Equal(x.shape) {
		return x, nil
	}
	if l, ok := x.expr.(*linear); ok {
		v := newValue(s, l)
		v.observed = x.observed
		return v, nil
	}
	return b.rearrange(s, nil, 0, []*Value{x})
}

// Gather builds a tensor of shape s whose element i is element index[i] of the concatenation, in row-major
// order, of xs; index -1 reads the real number fill. It serves transposition, slicing, concatenation,
// padding and expansion. xs may mix constants and variables. A fill that no integer holds, as minus infinity in a mask,
// lies beyond the interval of the result instead, which it saturates.
func (b *Builder) Gather(s tensor.Shape, index []int, fill float64, xs ...*Value) (*Value, error) {
	if len(index) != s.Size() {
		return nil, fmt.Errorf("%s: gather: want %d indices, got %d", b.name, s.Size(), len(index))
	}
	total := 0
	for _, x := range xs {
		total += x.shape.Size()
	}
	identity := len(xs) == 1 && total == len(index)
	for i, j := range index {
		if j < -1 || j >= total {
			return nil, fmt.Errorf("%s: gather: element %d reads %d of %d", b.name, i, j, total)
		}
		identity = identity && i == j
	}
	if identity {
		return b.Reshape(xs[0], s)
	}
	if math.Abs(fill) >= maskFill && b.target.Valid() {
		fill = math.Copysign(4*(math.Abs(b.target.Min)+math.Abs(b.target.Max))+maskFillReach, fill)
	}
	return b.rearrange(s, index, fill, xs)
}

const (
	maskFill      = 1 << 60
	maskFillReach = 64
)

// rearrange keeps tensors of one scale as they are, beside constants on their grid; others wait for the scale of their
// consumer.
func (b *Builder) rearrange(s tensor.Shape, index []int, fill float64, xs []*Value) (*Value, error) {
	for _, x := range xs {
		if _, ok := x.expr.(*mapped); ok {
			if _, err := b.narrow(x); err != nil {
				return nil, err
			}
		}
	}
	g := &gather{index, fill, xs}
	v := newValue(s, g)
	scale := 0.0
	for _, x := range xs {
		if x.constant != nil {
			continue
		}
		l, ok := x.expr.(leaf)
		if !ok || scale != 0 && b.p.Tensors[l.id].Scale != scale {
			if len(xs) == 1 {
				v.observed = x.observed
			}
			return v, nil
		}
		scale = b.p.Tensors[l.id].Scale
	}
	if scale == 0 || slices.ContainsFunc(xs, func(x *Value) bool { return x.constant != nil && !onGrid(x.constant.Data, scale) }) {
		return v, nil
	}
	id, err := g.emit(b, s, scale)
	if err != nil {
		return nil, err
	}
	v.expr = leaf{id}
	return v, nil
}

// onGrid reports whether all reals are integer multiples of the scale, that an activation may have.
func onGrid(v []float64, scale float64) bool {
	return !slices.ContainsFunc(v, func(x float64) bool {
		q := x / scale
		return !(math.Abs(q) <= 1<<mostLevels) || math.Abs(q-math.Round(q)) > unitTolerance
	})
}
