package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("IsNaN", 9, func(a *Attrs) (graph.Op, error) { return newOdd(a, math.IsNaN) })
}

// odd tells of each real whether it is NaN or infinite. What a program computes is neither, so its integer form is
// the constant 0.
type odd struct{ f func(float64) bool }

// newOdd is IsNaN (ONNX 9, 13, 20) or IsInf (10, 20).
func newOdd(a *Attrs, f func(float64) bool) (graph.Op, error) {
	a.inputs(1, 1)
	return odd{f}, nil
}

func (o odd) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{{DType: tensor.Bool, Shape: in[0].Type.Shape}}, nil
}

func (o odd) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{mapTensor(in[0], func(x float64) float64 {
		if o.f(x) {
			return 1
		}
		return 0
	})}, nil
}

func (o odd) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return []*program.Value{b.Const(tensor.New[float64](in[0].Shape()))}, nil
}
