package ops

import (
	"math"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// standardization is a normalization that a model writes out: x, less its mean if centred, divided by
// sqrt(mean of squares + epsilon), over the last axes. Known for what it is, its differences from the mean need no rounding.
type standardization struct {
	axes    int // how many
	epsilon float64
	centred bool
}

var _ graph.Composite = standardization{}

func (standardization) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{in[0].Type}, nil
}

func (o standardization) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s := in[0].Shape
	out := &tensor.Float{Shape: s, Data: slices.Clone(in[0].Data)}
	n := s[len(s)-o.axes:].Size()
	for at := 0; at < len(out.Data); at += n {
		row := out.Data[at : at+n]
		if o.centred {
			standardized(row, o.epsilon)
			continue
		}
		root := math.Sqrt(sumOf(row, square)/float64(n) + o.epsilon)
		for i := range row {
			row[i] /= root
		}
	}
	return []*tensor.Float{out}, nil
}

func (o standardization) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c, s := composing(x), in[0].Type.Shape
	at := len(s) - o.axes
	rows := c.reshape(c.finer(in[0]), tensor.Shape{s[:at].Size(), s[at:].Size()})
	if o.centred {
		return c.done(c.reshape(c.standardize(rows, o.epsilon), s))
	}
	return c.done(c.reshape(c.mul(rows, c.inverseDeviation(c.meanSquare(rows), o.epsilon)), s))
}

// Absorb recognizes a division by sqrt(mean of squares + epsilon).
func (div) Absorb(in []*graph.Value, m graph.Makers) (string, graph.Op, []*graph.Value, bool) {
	return recognized(in[0], in[1], m)
}

// Absorb recognizes a product with 1/sqrt(mean of squares + epsilon), on either side.
func (mul) Absorb(in []*graph.Value, m graph.Makers) (string, graph.Op, []*graph.Value, bool) {
	for side, v := range in {
		if r, ok := made(m, v, "Reciprocal"); ok {
			if kind, op, x, ok := recognized(in[1-side], r.In[0], m); ok {
				return kind, op, x, true
			}
		}
	}
	return "", nil, nil, false
}

var (
	_ graph.Absorber = div{}
	_ graph.Absorber = mul{}
)

// recognized is the operator that divides d by root, where root is sqrt(mean of d*d + epsilon).
func recognized(d, root *graph.Value, m graph.Makers) (string, graph.Op, []*graph.Value, bool) {
	o := standardization{}
	fail := func() (string, graph.Op, []*graph.Value, bool) { return "", nil, nil, false }
	r, ok := made(m, root, "Sqrt")
	if !ok || d == nil || !d.Type.DType.IsFloat() {
		return fail()
	}
	variance := r.In[0]
	if a, ok := made(m, variance, "Add"); ok {
		for side, v := range a.In {
			if v.Const != nil && len(v.Const.Data) == 1 {
				o.epsilon, variance = v.Const.Data[0], a.In[1-side]
			}
		}
	}
	squares, ok := meanOf(m, variance, d, &o.axes)
	if !ok || o.epsilon < 0 || !squared(m, squares, d) {
		return fail()
	}
	if s, ok := made(m, d, "Sub"); ok && s.In[0].Const == nil && s.In[1].Const == nil {
		axes := 0
		if x, ok := meanOf(m, s.In[1], s.In[0], &axes); ok && x == s.In[0] && axes == o.axes {
			o.centred = true
			return "Standardization", o, []*graph.Value{x}, true
		}
	}
	return "Standardization", o, []*graph.Value{d}, true
}

// made is the node of the given kind that makes v.
func made(m graph.Makers, v *graph.Value, kind string) (*graph.Node, bool) {
	if n := m.Of(v); n != nil && n.Kind == kind && n.Domain == "" {
		return n, true
	}
	return nil, false
}

// meanOf is what v is the mean of, along the last axes of like, which keep extent 1; axes becomes their number.
func meanOf(m graph.Makers, v, like *graph.Value, axes *int) (*graph.Value, bool) {
	n, ok := made(m, v, "ReduceMean")
	if !ok {
		return nil, false
	}
	o, ok := n.Op.(reduce)
	s := like.Type.Shape
	if !ok || !o.keep || len(o.axes) == 0 || !n.In[0].Type.Shape.Equal(s) {
		return nil, false
	}
	of := make([]bool, len(s))
	for _, x := range o.axes {
		a, err := tensor.Axis(x, len(s))
		if err != nil {
			return nil, false
		}
		of[a] = true
	}
	first := slices.Index(of, true)
	*axes = len(s) - first
	return n.In[0], !slices.Contains(of[first:], false) && s[first:].Size() > 1
}

// squared reports whether v is d*d.
func squared(m graph.Makers, v, d *graph.Value) bool {
	if n, ok := made(m, v, "Mul"); ok {
		return n.In[0] == d && n.In[1] == d
	}
	n, ok := made(m, v, "Pow")
	return ok && n.In[0] == d && n.In[1].Const != nil && len(n.In[1].Const.Data) == 1 && n.In[1].Const.Data[0] == 2
}
