package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("SwiGLU", 28, decodeSwiGLU) }

// swiGLU (ONNX 28) gates b: a*sigmoid(alpha*a)*b.
type swiGLU struct{ alpha float64 }

var _ graph.Composite = swiGLU{}

func decodeSwiGLU(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return swiGLU{a.float("alpha", 1)}, nil
}

func (o swiGLU) gate(x float64) float64 { return x / (1 + math.Exp(-o.alpha*x)) }

func (swiGLU) Infer(in []*graph.Value) ([]graph.Type, error) {
	a, b := in[0].Type, in[1].Type
	if a.DType != b.DType || !a.Shape.Equal(b.Shape) {
		return nil, &graph.Error{Code: CodeShape, Want: "two tensors of one type and shape", Got: fmt.Sprintf("%v and %v", a, b)}
	}
	return []graph.Type{a}, nil
}

func (o swiGLU) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	y := mapTensor(in[0], o.gate)
	for i, b := range in[1].Data {
		y.Data[i] *= b
	}
	return []*tensor.Float{y}, nil
}

// Expand implements graph.Composite.
func (o swiGLU) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	return c.done(c.mul(c.apply("Swish", unary{f: o.gate}, in[0]), in[1]))
}
