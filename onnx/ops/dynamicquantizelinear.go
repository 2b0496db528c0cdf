package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("DynamicQuantizeLinear", 11, decodeDynamicQuantizeLinear) }

// dynamicQuantizeLinear quantizes x to uint8 with scale and zero point chosen from its own extremes. It has no integer
// form: the scales of a circuit are fixed. Of a constant it is computed when the model is read.
type dynamicQuantizeLinear struct{}

// DynamicQuantizeLinear (ONNX 11). Outputs are y, y_scale and y_zero_point.
func decodeDynamicQuantizeLinear(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	a.outputs = 3
	return dynamicQuantizeLinear{}, nil
}

func (dynamicQuantizeLinear) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{{DType: tensor.Uint8, Shape: in[0].Type.Shape}, {DType: tensor.Float32}, {DType: tensor.Uint8}}, nil
}

func (dynamicQuantizeLinear) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	low, high := float32(0), float32(0)
	for _, v := range in[0].Data {
		low, high = min(low, float32(v)), max(high, float32(v))
	}
	scale := (high - low) / math.MaxUint8
	if scale == 0 {
		scale = 1
	}
	zero := math.RoundToEven(math.Max(0, math.Min(math.MaxUint8, float64(-low/scale))))
	q := quantization{tensor.Uint8, tensor.Scalar(float64(scale)), tensor.Scalar(zero)}
	return []*tensor.Float{q.grid().Integers(in[0]), q.scale, q.zero}, nil
}
