package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// binary applies f to each pair of elements, with multidirectional broadcasting. lower builds the integer form
// once both inputs have the shape of the result, except that a constant may still broadcast to it; it is nil where
// there is none.
type binary struct {
	f     func(a, b float64) float64
	lower func(b *program.Builder, x, y *program.Value) (*program.Value, error)
	mixed bool         // the second input may have another type
	out   tensor.DType // of the result, when it is not that of the first input
}

var _ graph.Binary = binary{}

func (o binary) Infer(in []*graph.Value) ([]graph.Type, error) {
	if in[0].Type.DType != in[1].Type.DType && !o.mixed {
		return nil, &graph.Error{Code: CodeType, Want: "inputs of one type", Got: fmt.Sprintf("%v and %v", in[0].Type, in[1].Type)}
	}
	s, err := tensor.Broadcast(in[0].Type.Shape, in[1].Type.Shape)
	if err != nil {
		return nil, err
	}
	d := in[0].Type.DType
	if o.out != tensor.Undefined {
		d = o.out
	}
	return []graph.Type{{DType: d, Shape: s}}, nil
}

func (o binary) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s, err := tensor.Broadcast(in[0].Shape, in[1].Shape)
	if err != nil {
		return nil, err
	}
	x, y := in[0].BroadcastTo(s), in[1].BroadcastTo(s)
	out := tensor.New[float64](s)
	tensor.Parallel(len(out.Data), elementGrain, func(from, to int) {
		for i := from; i < to; i++ {
			out.Data[i] = o.f(x.Data[i], y.Data[i])
		}
	})
	return []*tensor.Float{out}, nil
}

func (o binary) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if o.lower == nil {
		return nil, notLowered("an operand known at compile time", "two variables")
	}
	s, err := tensor.Broadcast(in[0].Shape(), in[1].Shape())
	if err != nil {
		return nil, err
	}
	x, err := expand(b, in[0], s)
	if err != nil {
		return nil, err
	}
	y, err := expand(b, in[1], s)
	if err != nil {
		return nil, err
	}
	return one(o.lower(b, x, y))
}

func (o binary) Func2() func(a, b float64) float64 { return o.f }

// notLowered is the error of an operator that has no integer form as it is used.
func notLowered(want, got string) error {
	return &graph.Error{Code: graph.CodeLower, Want: want, Got: got + ", which is not supported"}
}

// withScalar gives the variable of two inputs and the constant, when that has one element and does not shape the
// result. at is the position of the variable.
func withScalar(a *Attrs) (at int, c float64, ok bool) {
	if !a.inputs(2, 2) {
		return 0, 0, false
	}
	for at := range 2 {
		x, k := a.In[at], a.In[1-at]
		if x.Const == nil && k.Const != nil && len(k.Const.Data) == 1 && len(k.Type.Shape) <= len(x.Type.Shape) {
			return at, k.Const.Data[0], true
		}
	}
	return 0, 0, false
}

// expand repeats a variable to shape s; a constant stays as it is.
func expand(b *program.Builder, x *program.Value, s tensor.Shape) (*program.Value, error) {
	if x.Const() != nil || x.Shape().Equal(s) {
		return x, nil
	}
	return b.Gather(s, x.Shape().BroadcastIndex(s), 0, x)
}

// alike repeats the constant of a pair to the shape of the variable.
func alike(b *program.Builder, x, y *program.Value) (*program.Value, *program.Value) {
	if c := x.Const(); c != nil {
		x = b.Const(c.BroadcastTo(y.Shape()))
	}
	if c := y.Const(); c != nil {
		y = b.Const(c.BroadcastTo(x.Shape()))
	}
	return x, y
}
