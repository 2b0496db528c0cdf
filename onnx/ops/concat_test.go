package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Concat",
		optest.Case{Opset: 13, Attrs: map[string]any{"axis": -1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.F(tensor.Shape{2, 1}, 8, 9)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 8, 3, 4, 9)}},
		optest.Case{Name: "a constant among variables", Opset: 13, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 2}, 8, 9)), optest.Seq(tensor.Shape{1, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 2}, 1, 2, 8, 9, 1, 2)}},
		optest.Case{Name: "extents that differ", Opset: 13, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Seq(tensor.Shape{3, 1}, 1, 1)}, Err: ops.CodeShape},
		optest.Case{Name: "no axis", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "opset 1", Opset: 3, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Seq(tensor.Shape{2, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 2, 1, 2, 3, 4, 3, 4)}},
		optest.Case{Name: "with nothing", Opset: 13, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{0})), optest.Seq(tensor.Shape{2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2)}},
	)
}
