package compile

import (
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// settleInfinite replaces comparisons with an infinite constant, as models write them to find what a mask has moved out
// of the way: a program holds no infinity. An element counts as infinite where it lies halfway from all that are not to
// where masked elements saturate; where calibration saw no infinite element, none is.
func settleInfinite(g *graph.Graph, observed map[*graph.Value]observation) {
	for _, n := range g.Nodes {
		op, ok := n.Op.(graph.Binary)
		if !ok || len(n.In) != 2 || n.Out[0].Type.DType != tensor.Bool {
			continue
		}
		f, x := op.Func2(), n.In[0]
		var p func(float64) float64
		if c, ok := infinite(n.In[1]); ok {
			p = func(v float64) float64 { return f(v, c) }
		} else if c, ok := infinite(n.In[0]); ok {
			x, p = n.In[1], func(v float64) float64 { return f(c, v) }
		}
		seen, ok := observed[x]
		if p == nil || !ok || !x.Type.Shape.Equal(n.Out[0].Type.Shape) {
			continue
		}
		least, most, finite := p(math.Inf(-1)), p(math.Inf(1)), p(0)
		low, high := seen.infinite()
		if math.IsInf(low, 0) && math.IsInf(high, 0) || least == finite && most == finite {
			t := tensor.New[float64](x.Type.Shape)
			for i := range t.Data {
				t.Data[i] = finite
			}
			g.Replace(n.Out[0], &graph.Value{Name: n.Out[0].Name, Type: n.Out[0].Type, Const: t})
			continue
		}
		n.In, n.Op = []*graph.Value{x}, function{func(v float64) float64 {
			switch {
			case v <= low:
				return least
			case v >= high:
				return most
			}
			return finite
		}, tensor.Bool}
	}
	g.Prune()
}

// infinite is the infinity that all elements of a constant are.
func infinite(v *graph.Value) (float64, bool) {
	if v == nil || v.Const == nil || len(v.Const.Data) == 0 {
		return 0, false
	}
	c := v.Const.Data[0]
	for _, x := range v.Const.Data {
		if x != c {
			return 0, false
		}
	}
	return c, math.IsInf(c, 0)
}

// infinite gives the numbers from which on, downward and upward, an element counts as infinite; infinities where
// calibration saw none.
func (o observation) infinite() (low, high float64) {
	low, high = math.Inf(-1), math.Inf(1)
	if o.endless[0] {
		low = o.Min + (o.Max-o.Min)/4
	}
	if o.endless[1] {
		high = o.Max - (o.Max-o.Min)/4
	}
	return low, high
}
