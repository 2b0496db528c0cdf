package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Dense multiplies the last axis of x by w, of shape [in, out], and adds bias of length out (nil for none).
func (b *Builder) Dense(x *Value, w *tensor.Float, bias []float64) (*Value, error) {
	n := len(x.shape)
	if n == 0 || len(w.Shape) != 2 || x.shape[n-1] != w.Shape[0] || bias != nil && len(bias) != w.Shape[1] {
		return nil, fmt.Errorf("%s: dense: %v does not take weights %v with %d biases", b.name, x.shape, w.Shape, len(bias))
	}
	if v, err := b.denseOfLinear(x, w, bias); v != nil || err != nil {
		return v, err
	}
	in, out := w.Shape[0], w.Shape[1]
	id, err := b.operand(x, in)
	if err != nil {
		return nil, err
	}
	m := b.dense(w)
	m.batch = x.shape.Size() / in
	full := []float64{0}
	if bias != nil {
		full = make([]float64, m.batch*out)
		for i := range full {
			full[i] = bias[i%out]
		}
		full = compress(full)
	}
	s := append(x.shape[:n-1:n-1], out)
	return newValue(s, &linear{[]realTerm{{id, m}}, full}), nil
}

// operandLimit bounds what a row of a map multiplies, with room for its weights.
const operandLimit = 1 << 40

// operand rounds x for a map that adds fanIn elements: to the precision of an activation, unless it is a tensor whose
// integers are small enough.
func (b *Builder) operand(x *Value, fanIn int) (int, error) {
	id, err := b.narrow(x)
	if err != nil || b.p.Tensors[id].Range.MaxAbs() <= operandLimit/int64(fanIn) {
		return id, err
	}
	return b.coarse(x, id)
}

// matrix identifies a constant by its data, which several tensors may share.
type matrix struct {
	data    *float64
	in, out int
}

// dense is the map of w for one row. The maps of one constant share their weights, so that the steps of an unrolled
// layer do.
func (b *Builder) dense(w *tensor.Float) *realDense {
	in, out := w.Shape[0], w.Shape[1]
	if in*out == 0 {
		return &realDense{in: in, out: out, batch: 1, rounded: map[float64]Ints{}}
	}
	key := matrix{&w.Data[0], in, out}
	m := b.matrices[key]
	if m == nil {
		m = &realDense{in: in, out: out, batch: 1, weights: make([]float64, in*out), rounded: map[float64]Ints{}}
		for i := range in {
			for o := range out {
				m.weights[o*in+i] = w.Data[i*out+o]
			}
		}
		b.matrices[key] = m
	}
	r := *m
	return &r
}

// Conv correlates x, of shape N x C x spatial, with w, of shape M x C/groups x kernel, and adds bias of
// length M (nil for none). win.Kernel must equal the trailing extents of w.
func (b *Builder) Conv(x *Value, w *tensor.Float, bias []float64, groups int, win tensor.Window) (*Value, error) {
	if len(x.shape) < 3 || len(w.Shape) != len(x.shape) || !w.Shape[2:].Equal(win.Kernel) || groups < 1 ||
		w.Shape[1]*groups != x.shape[1] || w.Shape[0]%groups != 0 || bias != nil && len(bias) != w.Shape[0] {
		return nil, fmt.Errorf("%s: conv: %v does not take weights %v in %d groups with %d biases", b.name, x.shape, w.Shape, groups, len(bias))
	}
	out, err := win.Out(x.shape[2:])
	if err != nil {
		return nil, fmt.Errorf("%s: conv: %w", b.name, err)
	}
	m := &realConv{batch: x.shape[0], in: x.shape[1], out: w.Shape[0], groups: groups, spatial: x.shape[2:], window: win,
		outSize: tensor.Shape(out).Size(), weights: w.Data}
	s := append(tensor.Shape{x.shape[0], w.Shape[0]}, out...)
	if l := b.composed(x, m, bias); l != nil {
		return newValue(s, l), nil
	}
	id, err := b.operand(x, tensor.Shape(w.Shape[1:]).Size())
	if err != nil {
		return nil, err
	}
	full := []float64{0}
	if bias != nil {
		full = nil
		for range m.batch {
			full = append(full, bias...)
		}
	}
	return newValue(s, &linear{[]realTerm{{id, m}}, full}), nil
}

// WindowSum adds the elements under each window, per channel, times weight of the output position in
// row-major spatial order (average pooling passes 1/count).
func (b *Builder) WindowSum(x *Value, win tensor.Window, weight []float64) (*Value, error) {
	if len(x.shape) < 3 {
		return nil, fmt.Errorf("%s: window sum: want N x C x spatial, got %v", b.name, x.shape)
	}
	out, err := win.Out(x.shape[2:])
	if err != nil {
		return nil, fmt.Errorf("%s: window sum: %w", b.name, err)
	}
	if len(weight) != tensor.Shape(out).Size() {
		return nil, fmt.Errorf("%s: window sum: want %d weights, got %d", b.name, tensor.Shape(out).Size(), len(weight))
	}
	m := &realWindow{planes: x.shape[0] * x.shape[1], spatial: x.shape[2:], window: win, weights: weight}
	s := append(x.shape[:2:2], out...)
	if c := m.conv(x.shape[0]); c != nil {
		if l := b.composed(x, c, nil); l != nil {
			return newValue(s, l), nil
		}
	}
	id, err := b.operand(x, tensor.Shape(win.Kernel).Size())
	if err != nil {
		return nil, err
	}
	return newValue(s, &linear{[]realTerm{{id, m}}, []float64{0}}), nil
}

// Affine is x*scale + shift element by element; scale and shift broadcast to x's shape; either may be nil.
func (b *Builder) Affine(x *Value, scale, shift *tensor.Float) (*Value, error) {
	l, err := b.linear(x)
	if err != nil {
		return nil, err
	}
	n := x.shape.Size()
	r := &linear{terms: append([]realTerm(nil), l.terms...), bias: expand(l.bias, n)}
	if scale != nil {
		s := scale.BroadcastTo(x.shape).Data
		for i, t := range r.terms {
			m, ok := t.m.scale(s)
			if !ok {
				if _, err := b.Exact(x); err != nil {
					return nil, err
				}
				return b.Affine(x, scale, shift)
			}
			r.terms[i].m = m
		}
		for i := range r.bias {
			r.bias[i] *= s[i]
		}
	}
	if shift != nil {
		for i, v := range shift.BroadcastTo(x.shape).Data {
			r.bias[i] += v
		}
	}
	r.bias = compress(r.bias)
	return newValue(x.shape, r), nil
}

// Add is the sum of sign[i]*xs[i]; shapes must be equal; at least one is not constant.
func (b *Builder) Add(xs []*Value, sign []float64) (*Value, error) {
	if len(xs) == 0 || len(sign) != len(xs) {
		return nil, fmt.Errorf("%s: add: %d operands, %d signs", b.name, len(xs), len(sign))
	}
	n := xs[0].shape.Size()
	r := &linear{bias: make([]float64, n)}
	for i, x := range xs {
		if !x.shape.Equal(xs[0].shape) {
			return nil, fmt.Errorf("%s: add: shapes %v and %v differ", b.name, xs[0].shape, x.shape)
		}
		bias := x.constant
		if bias == nil {
			l, err := b.linear(x)
			if err != nil {
				return nil, err
			}
			for _, t := range l.terms {
				m, ok := t.m.scale(expand([]float64{sign[i]}, n))
				if !ok {
					return nil, fmt.Errorf("%s: add: a uniform factor did not scale a map", b.name)
				}
				r.terms = append(r.terms, realTerm{t.id, m})
			}
			bias = &tensor.Float{Data: expand(l.bias, n)}
		}
		for j := range r.bias {
			r.bias[j] += sign[i] * bias.Data[j]
		}
	}
	if len(r.terms) == 0 {
		return nil, fmt.Errorf("%s: add: all operands are constant", b.name)
	}
	r.mergeDiagonals(n)
	if len(r.terms) > max(maxTerms, len(xs)) {
		// Sums of sums would double their terms at every step: make tensors of what is none yet.
		for _, x := range xs {
			if x.constant == nil {
				if _, err := b.Exact(x); err != nil {
					return nil, err
				}
			}
		}
		return b.Add(xs, sign)
	}
	r.bias = compress(r.bias)
	return newValue(xs[0].shape, r), nil
}

// maxTerms bounds the maps that one linear expression adds before its operands are rounded.
const maxTerms = 16

// mergeDiagonals adds up the diagonal maps of the same tensor.
func (e *linear) mergeDiagonals(n int) {
	var terms []realTerm
	at := map[int]int{}
	for _, t := range e.terms {
		d, ok := t.m.(*realDiagonal)
		i, seen := at[t.id]
		if !ok || !seen {
			if ok {
				at[t.id] = len(terms)
			}
			terms = append(terms, t)
			continue
		}
		sum := expand(terms[i].m.(*realDiagonal).weights, n)
		for j, w := range expand(d.weights, n) {
			sum[j] += w
		}
		terms[i].m = &realDiagonal{n, compress(sum)}
	}
	e.terms = terms
}

// linear views x as a linear expression. Where it is not one, it becomes a tensor first: without rounding to the
// precision of an activation where it rearranges a linear expression, since a wire takes less than a rounding.
func (b *Builder) linear(x *Value) (*linear, error) {
	if l, ok := x.expr.(*linear); ok {
		return l, nil
	}
	if l, err := b.pushed(x); l != nil || err != nil {
		return l, err
	}
	if g, ok := x.expr.(*gather); ok && len(g.of) == 1 && g.of[0].constant == nil && 2*x.shape.Size() >= g.of[0].shape.Size() {
		of, err := b.Exact(g.of[0])
		if err != nil {
			return nil, err
		}
		v, err := b.Gather(x.shape, g.positions(x.shape), g.fill, of)
		if err != nil {
			return nil, err
		}
		x.expr = v.expr
	}
	id, err := b.narrow(x)
	if err != nil {
		return nil, err
	}
	return leaf{id}.linear(x.shape), nil
}
