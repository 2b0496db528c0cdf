package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Gather",
		optest.Case{Opset: 13, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(2, 0)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 3, 1, 6, 4)}},
		optest.Case{Name: "a scalar from the end", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.I(nil, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 4, 5, 6)}},
		optest.Case{Name: "beyond the axis", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(2)}, Err: ops.CodeShape},
		optest.Case{Name: "negative before opset 11", Opset: 10, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(-1)}, Err: ops.CodeShape},
		optest.Case{Name: "variable indices", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 2}, 1, 1), optest.I(tensor.Shape{2, 2}, 0, -1, 1, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2, 2}, 1, 2, 5, 6, 3, 4, 5, 6)}},
		optest.Case{Name: "variable indices of a later axis", Opset: 13, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.I(tensor.Shape{2}, 2, 0)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 3, 1, 6, 4)}},
		optest.Case{Name: "variable indices of a middle axis", Opset: 13, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3, 2}, 1, 1), optest.I(tensor.Shape{1, 2}, 1, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1, 2, 2}, 3, 4, 5, 6, 9, 10, 11, 12)}},
		optest.Case{Name: "rows of a constant", Opset: 13, In: []optest.Tensor{optest.Fix(optest.Seq(tensor.Shape{4, 2}, 0.25, 1.5)), optest.I(tensor.Shape{3}, 3, 0, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 2}, 9.25, 10.75, 0.25, 1.75, 3.25, 4.75)}},
		optest.Case{Name: "elements of a constant", Opset: 13, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{3}, 0.5, -4, 7)), optest.I(tensor.Shape{4}, 0, 2, -2, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 0.5, 7, -4, -4)}},
		optest.Case{Name: "a variable scalar", Opset: 13, In: []optest.Tensor{optest.Fix(optest.Seq(tensor.Shape{2, 3}, 1, 1)), optest.I(nil, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 4, 5, 6)}},
	)
}
