package program

import (
	"math"

	"assay/ir/tensor"
)

// featureGrid is rows of features as integers, each feature on a grid of its own: integer q stands for
// q*scale + shift.
type featureGrid struct {
	id           int
	scale, shift []float64 // of each feature; a scale may be negative, and is not zero
}

// of is where a real lies on the grid of a feature.
func (f featureGrid) of(feature int, v float64) float64 {
	return (v - f.shift[feature]) / f.scale[feature]
}

// features gives rows x features of x on the grids of the tensors that they come from, wherever a feature is an
// element of such a tensor, scaled and shifted: nothing is rounded then. Sums are computed in a fine unit.
func (b *Builder) features(x *Value) (featureGrid, error) {
	rows, n := x.shape[0], x.shape[1]
	f := featureGrid{scale: make([]float64, n), shift: make([]float64, n)}
	g := &Gather{Shape: tensor.Shape{rows, n}}
	start := map[int]int{}
	total := 0
	for i := range rows * n {
		e, ok, err := b.element(x, i)
		if err != nil {
			return f, err
		}
		if c := i % n; i < n {
			f.scale[c], f.shift[c] = e.scale, e.shift
		} else {
			ok = ok && f.scale[c] == e.scale && f.shift[c] == e.shift
		}
		if !ok || e.scale == 0 {
			return b.sums(x)
		}
		if _, seen := start[e.id]; !seen {
			start[e.id] = total
			total += b.p.Tensors[e.id].Shape.Size()
			g.Operands = append(g.Operands, e.id)
		}
		g.Index = append(g.Index, int64(start[e.id]+e.at))
	}
	var err error
	f.id, err = b.add(g, 1)
	return f, err
}

// sums computes features in one unit.
func (b *Builder) sums(x *Value) (featureGrid, error) {
	n := x.shape[1]
	f := featureGrid{scale: make([]float64, n), shift: make([]float64, n)}
	r, err := b.interval(x)
	if err != nil {
		return f, err
	}
	f.id, err = b.fine(x, powerOver(max(math.Abs(r.Min), math.Abs(r.Max)), featureBits))
	if err != nil {
		return f, err
	}
	for i := range f.scale {
		f.scale[i] = b.p.Tensors[f.id].Scale
	}
	return f, nil
}

// element is an element of a program's tensor, whose integer times scale plus shift is a real.
type element struct {
	id, at       int
	scale, shift float64
}

// element is what element i of v is made of; false where that is not one element of a tensor.
func (b *Builder) element(v *Value, i int) (element, bool, error) {
	switch e := v.expr.(type) {
	case leaf:
		return element{e.id, i, b.p.Tensors[e.id].Scale, 0}, true, nil
	case *linear:
		if len(e.terms) != 1 {
			return element{}, false, nil
		}
		d, ok := e.terms[0].m.(*realDiagonal)
		if !ok {
			return element{}, false, nil
		}
		at := func(v []float64) float64 { return v[i/(d.size/len(v))] }
		return element{e.terms[0].id, i, b.p.Tensors[e.terms[0].id].Scale * at(d.weights), at(e.bias)}, true, nil
	case *gather:
		if e.index != nil {
			i = e.index[i]
		}
		for _, of := range e.of {
			if n := of.shape.Size(); i >= n {
				i -= n
			} else if i < 0 || of.constant != nil {
				return element{}, false, nil
			} else {
				return b.element(of, i)
			}
		}
	case *mapped:
		if _, err := b.narrow(v); err != nil {
			return element{}, false, err
		}
		return b.element(v, i)
	}
	return element{}, false, nil
}
