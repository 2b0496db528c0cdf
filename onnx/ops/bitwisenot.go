package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("BitwiseNot", 18, decodeBitwiseNot) }

// BitwiseNot (ONNX 18) is top - x, with top -1 for signed integers and the largest one for others. It is linear.
func decodeBitwiseNot(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	integers(a)
	top := -1.0
	if width, err := unsigned(a.In[0].Type.DType); err == nil {
		top = math.Ldexp(1, width) - 1
	}
	return affine{-1, top}, nil
}

// affine is scale*x + shift.
type affine struct{ scale, shift float64 }

func (o affine) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{in[0].Type}, nil
}

func (o affine) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{mapTensor(in[0], func(x float64) float64 { return o.scale*x + o.shift })}, nil
}

func (o affine) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Affine(in[0], tensor.Scalar(o.scale), tensor.Scalar(o.shift)))
}
