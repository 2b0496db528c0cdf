package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("OneHot",
		optest.Case{Opset: 11, In: []optest.Tensor{optest.I(tensor.Shape{3}, 0, 2, -1), optest.Fix(optest.I(nil, 3)), optest.Fix(optest.F(tensor.Shape{2}, 0, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 1, 0, 0, 0, 0, 1, 0, 0, 1)}},
		optest.Case{Name: "values", Opset: 9, In: []optest.Tensor{optest.I(tensor.Shape{2}, 1, 0), optest.Fix(optest.I(nil, 3)), optest.Fix(optest.F(tensor.Shape{2}, -1.5, 4))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.5, 4, -1.5, 4, -1.5, -1.5)}},
		optest.Case{Name: "beyond the axis", Opset: 9, In: []optest.Tensor{optest.I(tensor.Shape{3}, -1, 3, 1), optest.Fix(optest.I(tensor.Shape{1}, 3)), optest.Fix(optest.F(tensor.Shape{2}, 0, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0, 0, 0, 0, 0, 0, 0, 1, 0)}},
		optest.Case{Name: "axis 0", Opset: 11, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{optest.I(tensor.Shape{2}, 0, 2), optest.Fix(optest.I(nil, 3)), optest.Fix(optest.I(tensor.Shape{2}, 5, 9))}, Out: []optest.Tensor{optest.I(tensor.Shape{3, 2}, 9, 5, 5, 5, 5, 9)}},
		optest.Case{Name: "an axis between", Opset: 11, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.I(tensor.Shape{2, 2}, 0, 1, 1, 0), optest.Fix(optest.I(nil, 2)), optest.Fix(optest.F(tensor.Shape{2}, 0, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2, 2}, 1, 0, 0, 1, 0, 1, 1, 0)}},
		optest.Case{Name: "a variable depth", Opset: 11, In: []optest.Tensor{optest.I(tensor.Shape{2}, 0, 2), optest.I(nil, 3), optest.Fix(optest.F(tensor.Shape{2}, 0, 1))}, Err: ops.CodeNotConstant},
		optest.Case{Name: "no depth", Opset: 11, In: []optest.Tensor{optest.I(tensor.Shape{2}, 0, 2), optest.Fix(optest.I(nil, 0)), optest.Fix(optest.F(tensor.Shape{2}, 0, 1))}, Err: ops.CodeShape},
	)
}
