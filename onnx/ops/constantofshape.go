package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("ConstantOfShape", 9, decodeConstantOfShape) }

// ConstantOfShape (ONNX 9, 20, 21): a constant shape, every element value, by default a float32 zero.
func decodeConstantOfShape(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	shape := tensor.Shape(a.constInts(0))
	v := read(a, "value", Tensor{tensor.Float32, tensor.Scalar(0.0)})
	if len(v.Value.Data) != 1 {
		a.refuse("value", "of one element", v.Value.Shape)
		return nil, nil
	}
	return known{graph.Type{DType: v.DType, Shape: shape}, func() *tensor.Float {
		t := tensor.New[float64](shape)
		for i := range t.Data {
			t.Data[i] = v.Value.Data[0]
		}
		return t
	}}, nil
}
