package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// binary applies f to each pair of elements, with multidirectional broadcasting. lower builds the integer form
// once both inputs have the shape of the result, except that a constant may still broadcast to it.
type binary struct {
	f     func(a, b float64) float64
	lower func(b *program.Builder, x, y *program.Value) (*program.Value, error)
}

var _ graph.Binary = binary{}

func (o binary) Infer(in []*graph.Value) ([]graph.Type, error) {
	if in[0].Type.DType != in[1].Type.DType {
		return nil, &graph.Error{Code: CodeType, Want: "inputs of one type", Got: fmt.Sprintf("%v and %v", in[0].Type, in[1].Type)}
	}
	s, err := tensor.Broadcast(in[0].Type.Shape, in[1].Type.Shape)
	if err != nil {
		return nil, err
	}
	return []graph.Type{{DType: in[0].Type.DType, Shape: s}}, nil
}

func (o binary) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s, err := tensor.Broadcast(in[0].Shape, in[1].Shape)
	if err != nil {
		return nil, err
	}
	x, y := in[0].BroadcastTo(s), in[1].BroadcastTo(s)
	out := tensor.New[float64](s)
	for i := range out.Data {
		out.Data[i] = o.f(x.Data[i], y.Data[i])
	}
	return []*tensor.Float{out}, nil
}

func (o binary) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
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

// expand repeats a variable to shape s; a constant stays as it is.
func expand(b *program.Builder, x *program.Value, s tensor.Shape) (*program.Value, error) {
	if x.Const() != nil || x.Shape().Equal(s) {
		return x, nil
	}
	return b.Gather(s, x.Shape().BroadcastIndex(s), 0, x)
}
