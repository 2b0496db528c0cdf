package compile

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// unary is a value as a real function of the elements of another value of the same shape.
type unary struct {
	source    *graph.Value
	f         func(float64) float64
	nonlinear bool
	cost      int // operators that f evaluates, each as often as it does
}

// maxFused bounds the cost of one fused function: a value that is read twice costs twice, so a chain of sums would
// double it at every step.
const maxFused = 256

// fuseElementwise replaces regions of elementwise operators that read one tensor, such as x*sigmoid(x), by one
// operator. Affine operators alone stay as they are: they fold into linear maps.
func fuseElementwise(g *graph.Graph, _ *Result) error {
	funcs := map[*graph.Value]unary{}
	of := func(v *graph.Value) unary {
		if u, ok := funcs[v]; ok {
			return u
		}
		return unary{v, func(x float64) float64 { return x }, false, 0}
	}
	var nodes []*graph.Node
	for _, n := range g.Nodes {
		nodes = append(nodes, n)
		u, replace := compose(n, of)
		if u.source == nil || u.cost > maxFused {
			continue
		}
		out := n.Out[0]
		if !out.Type.Shape.Equal(u.source.Type.Shape) {
			continue
		}
		if u.source.Type.DType.IsFloat() && !out.Type.DType.IsFloat() {
			continue // a comparison is exact by itself; a table of it would move where it changes
		}
		funcs[out] = u
		if !replace {
			continue
		}
		fused := &graph.Value{Name: out.Name + "/fused", Type: out.Type, Group: out.Group}
		nodes = append(nodes, &graph.Node{Name: n.Name + "/fused", Kind: "Fused", Op: function{u.f, out.Type.DType}, In: []*graph.Value{u.source}, Out: []*graph.Value{fused}})
		g.Replace(out, fused)
		funcs[fused] = u
	}
	g.Nodes = nodes
	return nil
}

// compose gives the output of n as a function of one source, and whether an operator of its own should compute it.
func compose(n *graph.Node, of func(*graph.Value) unary) (unary, bool) {
	switch op := n.Op.(type) {
	case graph.Elementwise:
		var in *graph.Value
		for _, v := range n.In {
			if v != nil && v.Const == nil {
				if in != nil {
					return unary{}, false
				}
				in = v
			}
		}
		if in == nil {
			return unary{}, false
		}
		u, f := of(in), op.Func()
		return unary{u.source, func(x float64) float64 { return f(u.f(x)) }, true, u.cost + 1}, u.nonlinear
	case graph.Binary:
		if len(n.In) != 2 || n.In[0] == nil || n.In[1] == nil {
			return unary{}, false
		}
		a, b, f := n.In[0], n.In[1], op.Func2()
		switch {
		case a.Const != nil && b.Const != nil:
			return unary{}, false
		case a.Const != nil:
			if len(a.Const.Data) != 1 {
				return unary{}, false
			}
			c, u := a.Const.Data[0], of(b)
			return unary{u.source, func(x float64) float64 { return f(c, u.f(x)) }, u.nonlinear || !affine(func(x float64) float64 { return f(c, x) }), u.cost + 1}, false
		case b.Const != nil:
			if len(b.Const.Data) != 1 {
				return unary{}, false
			}
			c, u := b.Const.Data[0], of(a)
			return unary{u.source, func(x float64) float64 { return f(u.f(x), c) }, u.nonlinear || !affine(func(x float64) float64 { return f(x, c) }), u.cost + 1}, false
		}
		u, v := of(a), of(b)
		if u.source != v.source || u.cost+v.cost >= maxFused {
			return unary{}, false
		}
		h := func(x float64) float64 { return f(u.f(x), v.f(x)) }
		nonlinear := u.nonlinear || v.nonlinear
		// A product of two affine functions takes one constraint, less than a table.
		return unary{u.source, h, nonlinear || !affine(h), u.cost + v.cost + 1}, nonlinear || !quadratic(h)
	}
	return unary{}, false
}

// affine reports whether f is a*x + b, at four points.
func affine(f func(float64) float64) bool {
	b, a := f(0), f(1)-f(0)
	for _, x := range []float64{-1, 2, 0.5} {
		if y := a*x + b; !(y-f(x) <= 1e-9*(1+abs(y)) && f(x)-y <= 1e-9*(1+abs(y))) {
			return false
		}
	}
	return true
}

// quadratic reports whether f is a*x*x + b*x + c, at six points; affine functions are.
func quadratic(f func(float64) float64) bool {
	c, p, m := f(0), f(1), f(-1)
	a, b := (p+m)/2-c, (p-m)/2
	for _, x := range []float64{2, -3, 0.5} {
		if y := (a*x+b)*x + c; !(abs(y-f(x)) <= 1e-9*(1+abs(y))) {
			return false
		}
	}
	return true
}

func abs(x float64) float64 { return max(x, -x) }

// functionGrain is how many elements a processor takes at a time.
const functionGrain = 1 << 10

// function is the operator that fusion makes.
type function struct {
	f     func(float64) float64
	dtype tensor.DType // of the result
}

var _ graph.Op = function{}

func (o function) Infer(in []*graph.Value) ([]graph.Type, error) {
	if len(in) != 1 || in[0] == nil {
		return nil, fmt.Errorf("fused: want one input, got %d", len(in))
	}
	return []graph.Type{{DType: o.dtype, Shape: in[0].Type.Shape}}, nil
}

func (o function) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	y := tensor.New[float64](in[0].Shape)
	tensor.Parallel(len(y.Data), functionGrain, func(from, to int) {
		for i, x := range in[0].Data[from:to] {
			y.Data[from+i] = o.f(x)
		}
	})
	return []*tensor.Float{y}, nil
}

func (o function) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	v, err := b.Map(in[0], o.f)
	return []*program.Value{v}, err
}

// Func implements graph.Elementwise.
func (o function) Func() func(float64) float64 { return o.f }

// Monotone implements graph.Elementwise. Nothing is known of a fused function.
func (o function) Monotone() bool { return false }
