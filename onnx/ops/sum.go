package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Sum", 6, decodeSum) }

// Sum (ONNX 6, 8, 13): the sum of one or more tensors, with broadcasting.
func decodeSum(a *Attrs) (graph.Op, error) {
	return newSum(a, func(int) float64 { return 1 })
}

// addition adds its inputs, which broadcast, times factor.
type addition struct{ factor float64 }

func newSum(a *Attrs, weight func(n int) float64) (graph.Op, error) {
	a.inputs(1, max(1, len(a.In)))
	a.inputs(len(a.In), len(a.In))
	return addition{weight(len(a.In))}, nil
}

func (o addition) Infer(in []*graph.Value) ([]graph.Type, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		shapes[i] = v.Type.Shape
		if v.Type.DType != in[0].Type.DType {
			return nil, &graph.Error{Code: CodeType, Want: "inputs of one type", Got: fmt.Sprintf("%v and %v", in[0].Type, v.Type)}
		}
	}
	s, err := tensor.Broadcast(shapes...)
	return []graph.Type{{DType: in[0].Type.DType, Shape: s}}, err
}

func (o addition) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, t := range in {
		shapes[i] = t.Shape
	}
	s, err := tensor.Broadcast(shapes...)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](s)
	for _, t := range in {
		for i, v := range t.BroadcastTo(s).Data {
			out.Data[i] += v
		}
	}
	for i := range out.Data {
		out.Data[i] *= o.factor
	}
	return []*tensor.Float{out}, nil
}

func (o addition) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		shapes[i] = v.Shape()
	}
	s, err := tensor.Broadcast(shapes...)
	if err != nil {
		return nil, err
	}
	xs, signs := make([]*program.Value, len(in)), make([]float64, len(in))
	for i, v := range in {
		signs[i] = o.factor
		if t := v.Const(); t != nil {
			xs[i] = b.Const(t.BroadcastTo(s))
		} else if xs[i], err = expand(b, v, s); err != nil {
			return nil, err
		}
	}
	return one(b.Add(xs, signs))
}
