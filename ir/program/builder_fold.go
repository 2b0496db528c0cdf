package program

import (
	"slices"

	"assay/ir/tensor"
)

// foldLimit bounds a row of a matrix that multiplies unrounded sums: beyond it a product takes more constraints to
// round than its operands do.
const (
	foldLimit = 1 << 32
	sumLimit  = 1 << 56 // for a row alone, as in a sum over an axis

	// foldSpread is from how many results for each element on elements of twice the bits of an activation, as products are,
	// are better rounded before they are multiplied: each result would have a wider sum to round, of a wider interval. An input
	// has as many bits because it needs them.
	foldSpread = 2
)

// denseOfLinear multiplies a sum of elementwise multiples of tensors into the weights, so that nothing is rounded between
// them. It gives nil where x is not such a sum, or where it is better rounded first.
func (b *Builder) denseOfLinear(x *Value, w *tensor.Float, bias []float64) (*Value, error) {
	in, out := w.Shape[0], w.Shape[1]
	l, err := b.pushed(x)
	if l == nil || err != nil {
		return nil, err
	}
	n := x.shape.Size()
	limit := int64(foldLimit)
	if out == 1 {
		limit = sumLimit
	}
	for _, t := range l.terms {
		d, ok := t.m.(*realDiagonal)
		r := b.p.Tensors[t.id].Range
		if !ok || r.MaxAbs() > limit/int64(in) || out >= foldSpread*in && r.MaxAbs() > 1<<(2*b.opt.Bits) && !slices.Contains(b.p.Inputs, t.id) {
			return nil, nil
		}
		for i, v := range expand(d.weights, n) {
			if v != d.weights[i%in/(n/len(d.weights))] {
				return nil, nil
			}
		}
	}
	batch := n / in
	r := &linear{bias: make([]float64, batch*out)}
	shift := expand(l.bias, n)
	for i := range r.bias {
		if bias != nil {
			r.bias[i] = bias[i%out]
		}
		for j, v := range shift[i/out*in : (i/out+1)*in] {
			r.bias[i] += v * w.Data[j*out+i%out]
		}
	}
	r.bias = compress(r.bias)
	s := append(x.shape[:len(x.shape)-1:len(x.shape)-1], out)
	for _, t := range l.terms {
		folded := w
		if scale := expand(t.m.(*realDiagonal).weights, n)[:in]; slices.ContainsFunc(scale, func(v float64) bool { return v != 1 }) {
			folded = tensor.New[float64](w.Shape)
			for i, v := range w.Data {
				folded.Data[i] = v * scale[i/out]
			}
		}
		of, err := b.Reshape(newValue(b.p.Tensors[t.id].Shape, leaf{t.id}), x.shape)
		if err != nil {
			return nil, err
		}
		m := b.dense(folded)
		m.batch = batch
		r.terms = append(r.terms, realTerm{of.expr.(leaf).id, m})
	}
	return newValue(s, r), nil
}

// pushed views x as a sum of elementwise multiples of tensors, moving a rearrangement of one such sum to the tensors,
// where it is free. It gives nil where x is none.
func (b *Builder) pushed(x *Value) (*linear, error) {
	switch e := x.expr.(type) {
	case *linear:
		if !e.diagonal() {
			return nil, nil
		}
		return e, nil
	case *gather:
		if len(e.of) != 1 || e.of[0].constant != nil {
			return nil, nil
		}
		if _, ok := e.of[0].expr.(*linear); !ok {
			if _, ok := e.of[0].expr.(*gather); !ok {
				return nil, nil
			}
		}
		l, err := b.pushed(e.of[0])
		if l == nil || err != nil {
			return nil, err
		}
		r, err := b.push(l, e, e.of[0].shape, x.shape)
		if err != nil {
			return nil, err
		}
		x.expr = r
		return r, nil
	}
	return nil, nil
}

// diagonal reports whether all maps are.
func (e *linear) diagonal() bool {
	return !slices.ContainsFunc(e.terms, func(t realTerm) bool {
		_, ok := t.m.(*realDiagonal)
		return !ok
	})
}

// push rearranges what l adds up, of shape from, to shape to.
func (b *Builder) push(l *linear, g *gather, from, to tensor.Shape) (*linear, error) {
	if g.index == nil {
		return l, nil
	}
	n := from.Size()
	take := func(v []float64, fill float64) []float64 {
		v = expand(v, n)
		r := make([]float64, len(g.index))
		for i, j := range g.index {
			if r[i] = fill; j >= 0 {
				r[i] = v[j]
			}
		}
		return compress(r)
	}
	r := &linear{bias: take(l.bias, g.fill)}
	for _, t := range l.terms {
		of, err := b.Gather(to, g.index, 0, newValue(from, leaf{t.id}))
		if err != nil {
			return nil, err
		}
		id, ok := of.expr.(leaf)
		if !ok {
			if of, err = b.Exact(of); err != nil {
				return nil, err
			}
			id = of.expr.(leaf)
		}
		r.terms = append(r.terms, realTerm{id.id, &realDiagonal{len(g.index), take(t.m.(*realDiagonal).weights, 0)}})
	}
	return r, nil
}

// positions is the index of g over a result of shape s.
func (g *gather) positions(s tensor.Shape) []int {
	if g.index != nil {
		return g.index
	}
	r := make([]int, s.Size())
	for i := range r {
		r[i] = i
	}
	return r
}
