package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// unary applies f to each element of its input.
type unary struct {
	f        func(float64) float64
	monotone bool
}

var _ graph.Elementwise = unary{}

// newUnary is the operator of f for a node with one input. monotone says that f never decreases.
func newUnary(a *Attrs, monotone bool, f func(float64) float64) (graph.Op, error) {
	a.inputs(1, 1)
	return unary{f, monotone}, nil
}

func (u unary) Infer(in []*graph.Value) ([]graph.Type, error) { return []graph.Type{in[0].Type}, nil }

func (u unary) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out := tensor.New[float64](in[0].Shape)
	for i, x := range in[0].Data {
		out.Data[i] = u.f(x)
	}
	return []*tensor.Float{out}, nil
}

func (u unary) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Map(in[0], u.f))
}

func (u unary) Func() func(float64) float64 { return u.f }
func (u unary) Monotone() bool              { return u.monotone }

// one is the result of an operator with one output.
func one(v *program.Value, err error) ([]*program.Value, error) {
	if err != nil {
		return nil, err
	}
	return []*program.Value{v}, nil
}
