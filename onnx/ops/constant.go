package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Constant", 1, decodeConstant) }

// Constant (ONNX 1, 9, 11, 12, 13, 19, 21): value, and since opset 12 value_float, value_floats, value_int and
// value_ints, exactly one of them. Sparse and string values are not supported.
func decodeConstant(a *Attrs) (graph.Op, error) {
	a.inputs(0, 0)
	if len(a.values) != 1 {
		return nil, &graph.Error{Code: CodeBadAttribute, Want: "exactly one value attribute", Got: fmt.Sprint(len(a.values))}
	}
	if !a.has("value") && a.Opset < 12 {
		return nil, &graph.Error{Code: CodeBadAttribute, Want: "attribute value before opset 12", Got: "another"}
	}
	switch {
	case a.has("value"):
		v := read(a, "value", Tensor{})
		if v.Value == nil {
			return nil, nil
		}
		return known{graph.Type{DType: v.DType, Shape: v.Value.Shape}, func() *tensor.Float { return v.Value }}, nil
	case a.has("value_float"):
		return scalar(tensor.Float32, a.float("value_float", 0)), nil
	case a.has("value_int"):
		return scalar(tensor.Int64, float64(a.int("value_int", 0))), nil
	case a.has("value_floats"):
		return list(tensor.Float32, a.floats("value_floats", nil)), nil
	case a.has("value_ints"):
		var data []float64
		for _, v := range a.ints("value_ints") {
			data = append(data, float64(v))
		}
		return list(tensor.Int64, data), nil
	}
	return nil, &graph.Error{Code: CodeBadAttribute, Want: "value, value_float, value_floats, value_int or value_ints", Got: "another value"}
}
