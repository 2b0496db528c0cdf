package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Constant",
		optest.Case{Name: "a tensor", Opset: 9, Attrs: map[string]any{"value": optest.F(tensor.Shape{2}, 1, 2)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1)}},
		optest.Case{Name: "a real", Opset: 13, Attrs: map[string]any{"value_float": 1.5}, Out: []optest.Tensor{optest.F(nil, 1.5)}},
		optest.Case{Name: "integers", Opset: 13, Attrs: map[string]any{"value_ints": []int{3, 4}}, Out: []optest.Tensor{optest.I(tensor.Shape{2}, 3, 4)}},
		optest.Case{Name: "an integer", Opset: 13, Attrs: map[string]any{"value_int": 3}, Out: []optest.Tensor{optest.I(nil, 3)}},
		optest.Case{Name: "reals", Opset: 13, Attrs: map[string]any{"value_floats": []float64{0.5, 1}}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 0.5, 1)}},
		optest.Case{Name: "no value", Opset: 13, Err: ops.CodeBadAttribute},
		optest.Case{Name: "a string", Opset: 13, Attrs: map[string]any{"value_string": "x"}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "value_int before opset 12", Opset: 11, Attrs: map[string]any{"value_int": 3}, Err: ops.CodeBadAttribute},
	)
}
