package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// unary applies f to each element of input at; the other inputs are constants that f has taken in.
type unary struct {
	f        func(float64) float64
	monotone bool
	at       int
}

var _ graph.Elementwise = unary{}

// elementGrain is how many elements a processor takes at a time.
const elementGrain = 1 << 13

// newUnary is the operator of f for a node with one input. monotone says that f never decreases.
func newUnary(a *Attrs, monotone bool, f func(float64) float64) (graph.Op, error) {
	a.inputs(1, 1)
	return unary{f: f, monotone: monotone}, nil
}

func (u unary) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{in[u.at].Type}, nil
}

func (u unary) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out := tensor.New[float64](in[u.at].Shape)
	tensor.Parallel(len(out.Data), elementGrain, func(from, to int) {
		for i, x := range in[u.at].Data[from:to] {
			out.Data[from+i] = u.f(x)
		}
	})
	return []*tensor.Float{out}, nil
}

func (u unary) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Map(in[u.at], u.f))
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
