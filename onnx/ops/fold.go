package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

// fold is a reduction that is more than a sum: eval reduces the elements of one result, at least none, and compose
// writes the same in other operators, given the sum that takes its place. Empty axes that noop makes the identity reduce
// each element by itself.
type fold struct {
	reduce
	eval    func(xs []float64) float64
	compose func(c *compose, x *graph.Value, o reduce) *graph.Value
}

var _ graph.Composite = fold{}

// registerFold registers a reduction whose axes are an attribute before opset 18 and a constant input since.
func registerFold(kind string, f fold) {
	register(kind, 1, func(a *Attrs) (graph.Op, error) {
		o, err := attrReduce(a, sumWeight)
		f.reduce = o.(reduce)
		return f, err
	})
	register(kind, 18, func(a *Attrs) (graph.Op, error) {
		o, err := inputReduce(a, sumWeight)
		f.reduce = o.(reduce)
		return f, err
	})
}

func (o fold) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	perm, n, shape, err := o.plan(in[0].Shape)
	if err != nil {
		return nil, err
	}
	x := transpose(in[0], perm)
	out := tensor.New[float64](shape)
	for i := range out.Data {
		out.Data[i] = o.eval(x.Data[i*n : (i+1)*n])
	}
	return []*tensor.Float{out}, nil
}

func (o fold) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	return c.done(o.compose(c, in[0], o.reduce))
}

// sumOf is the sum of f of each element.
func sumOf(xs []float64, f func(float64) float64) float64 {
	s := 0.0
	for _, x := range xs {
		s += f(x)
	}
	return s
}

func square(x float64) float64 { return x * x }

func identical(x float64) float64 { return x }
