package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("GatherElements",
		optest.Case{Opset: 13, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 2}, 0, 0, 1, 0))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 1, 4, 3)}},
		optest.Case{Name: "variable indices", Opset: 11, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 3}, 1, 1), optest.I(tensor.Shape{2, 3}, 1, 2, 0, 2, 0, -3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 4, 8, 3, 7, 2, 3)}},
		optest.Case{Name: "variable indices of a constant", Opset: 13, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Fix(optest.Seq(tensor.Shape{2, 3}, 1, 1)), optest.I(tensor.Shape{2, 2}, 2, 0, -1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 3, 1, 6, 5)}},
		optest.Case{Name: "beyond the axis", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 1}, 2))}, Err: ops.CodeShape},
		optest.Case{Name: "of another rank", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.I(tensor.Shape{2}, 0, 1)}, Err: ops.CodeShape},
	)
}
