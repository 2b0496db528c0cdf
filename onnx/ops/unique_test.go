package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	x := optest.Fix(optest.F(tensor.Shape{6}, 2, 1, 1, 3, 4, 3))
	optest.Register("Unique",
		optest.Case{Name: "by value", Opset: 11, In: []optest.Tensor{x}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 1, 2, 3, 4), optest.I(tensor.Shape{4}, 1, 0, 3, 4), optest.I(tensor.Shape{6}, 1, 0, 0, 2, 3, 2), optest.I(tensor.Shape{4}, 2, 1, 2, 1)}},
		optest.Case{Name: "by appearance", Opset: 11, Attrs: map[string]any{"sorted": 0}, In: []optest.Tensor{x}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 2, 1, 3, 4), optest.I(tensor.Shape{4}, 0, 1, 3, 4), optest.I(tensor.Shape{6}, 0, 1, 1, 2, 3, 2), optest.I(tensor.Shape{4}, 1, 2, 2, 1)}},
		optest.Case{Name: "slices", Opset: 11, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{3, 3}, 1, 0, 0, 1, 0, 0, 2, 3, 4))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 0, 0, 2, 3, 4), optest.I(tensor.Shape{2}, 0, 2)}},
		optest.Case{Name: "slices of a later axis", Opset: 11, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{2, 3}, 5, 1, 5, 6, 2, 6))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 5, 2, 6)}},
		optest.Case{Name: "a variable input", Opset: 11, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 0)}, Err: ops.CodeNotConstant},
	)
}
