package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("GatherND",
		optest.Case{Name: "elements", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 2}, 0, 0, 1, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 4)}},
		optest.Case{Name: "rows", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 2}, 0, 1, 1, 0))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 3, 4, 5, 6)}},
		optest.Case{Name: "batch axes", Opset: 12, Attrs: map[string]any{"batch_dims": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 1}, 1, 0))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 3, 4, 5, 6)}},
		optest.Case{Name: "variable indices", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3, 2}, 1, 1), optest.I(tensor.Shape{3, 2}, 0, 1, 1, -1, 1, 0)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 2}, 3, 4, 11, 12, 7, 8)}},
		optest.Case{Name: "variable indices in batches", Opset: 13, Attrs: map[string]any{"batch_dims": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3, 2}, 1, 1), optest.I(tensor.Shape{2, 1}, 2, 0)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 5, 6, 7, 8)}},
		optest.Case{Name: "too deep", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1), optest.I(tensor.Shape{1, 2}, 0, 0)}, Err: ops.CodeShape},
		optest.Case{Name: "beyond an axis", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 1}, 2))}, Err: ops.CodeShape},
	)
}
