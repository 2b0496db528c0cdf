package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Mod",
		optest.Case{Name: "a constant", Opset: 13, In: []optest.Tensor{optest.I(tensor.Shape{5}, -7, 7, -6, 12, 0), optest.Fix(optest.I(nil, 3))}, Out: []optest.Tensor{optest.I(tensor.Shape{5}, 2, 1, 0, 0, 0)}},
		optest.Case{Name: "a negative constant", Opset: 10, In: []optest.Tensor{optest.I(tensor.Shape{5}, -7, 7, -6, 12, 0), optest.Fix(optest.I(nil, -5))}, Out: []optest.Tensor{optest.I(tensor.Shape{5}, -2, -3, -1, -3, 0)}},
		optest.Case{Name: "of the sign of the dividend", Opset: 13, Attrs: map[string]any{"fmod": 1}, In: []optest.Tensor{optest.I(tensor.Shape{4}, -7, 7, -6, 12), optest.Fix(optest.I(nil, 5))}, Out: []optest.Tensor{optest.I(tensor.Shape{4}, -2, 2, -1, 2)}},
		optest.Case{Name: "several constants", Opset: 13, In: []optest.Tensor{optest.I(tensor.Shape{4}, -7, 7, -6, 12), optest.Fix(optest.I(tensor.Shape{4}, 5, -5, 7, 1))}, Out: []optest.Tensor{optest.I(tensor.Shape{4}, 3, -3, 1, 0)}},
		optest.Case{Name: "two variables", Opset: 13, In: []optest.Tensor{optest.I(tensor.Shape{4}, -7, 7, -7, 7), optest.I(tensor.Shape{4}, 3, 3, -3, -3)}, Out: []optest.Tensor{optest.I(tensor.Shape{4}, 2, 1, -1, -2)}},
		optest.Case{Name: "two variables, of the sign of the dividend", Opset: 13, Attrs: map[string]any{"fmod": 1}, In: []optest.Tensor{optest.I(tensor.Shape{4}, -7, 7, -7, 7), optest.I(tensor.Shape{4}, 3, 3, -3, -3)}, Out: []optest.Tensor{optest.I(tensor.Shape{4}, -1, 1, -1, 1)}},
		optest.Case{Name: "positive variables", Opset: 13, In: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{2, 2}, 200, 7, 9, 0).Value}, optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{2}, 13, 4).Value}}, Out: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{2, 2}, 5, 3, 9, 0).Value}}},
		optest.Case{Name: "reals", Opset: 13, Attrs: map[string]any{"fmod": 1}, In: []optest.Tensor{optest.F(tensor.Shape{4}, -4.25, 1, 2.5, 5), optest.Fix(optest.F(nil, 1.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, -1.25, 1, 1, 0.5)}, Tol: 0.05},
		optest.Case{Name: "reals of several constants", Opset: 13, Attrs: map[string]any{"fmod": 1}, In: []optest.Tensor{optest.F(tensor.Shape{3}, -4.5, 7.25, 5), optest.Fix(optest.F(tensor.Shape{3}, 2.125, -3.5, 2.125))}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, -0.25, 0.25, 0.75)}, Tol: 0.05},
		optest.Case{Name: "reals of a variable", Opset: 13, Attrs: map[string]any{"fmod": 1}, In: []optest.Tensor{optest.F(tensor.Shape{1}, -4.25), optest.F(tensor.Shape{1}, 1.5)}, Err: ops.CodeNotConstant},
		optest.Case{Name: "reals of the sign of the divisor", Opset: 28, In: []optest.Tensor{optest.F(tensor.Shape{4}, -4.25, 7.25, 5, -7.25), optest.Fix(optest.F(tensor.Shape{4}, 2, -3.5, 8, 3.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 1.75, -3.25, 5, 3.25)}, Tol: 0.05},
	)
}
