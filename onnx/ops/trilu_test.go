package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Trilu",
		optest.Case{Name: "upper", Opset: 14, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 1, 2, 3, 0, 5, 6, 0, 0, 9)}},
		optest.Case{Name: "lower below the diagonal", Opset: 14, Attrs: map[string]any{"upper": 0}, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 3}, 1, 1), optest.Fix(optest.I(nil, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0, 0, 0, 4, 0, 0, 7, 8, 0)}},
		optest.Case{Name: "beyond the matrix", Opset: 14, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 3}, 1, 1), optest.Fix(optest.I(nil, 9))}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0, 0, 0, 0, 0, 0, 0, 0, 0)}},
		optest.Case{Name: "a list", Opset: 14, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1)}, Err: ops.CodeShape},
	)
}
