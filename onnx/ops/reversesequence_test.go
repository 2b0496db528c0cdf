package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ReverseSequence",
		optest.Case{Name: "time first", Opset: 10, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 2}, 1, 1), optest.List(3, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 2}, 5, 4, 3, 2, 1, 6)}},
		optest.Case{Name: "batch first", Opset: 10, Attrs: map[string]any{"batch_axis": 0, "time_axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 6, 5, 4)}},
		optest.Case{Name: "one axis for both", Opset: 10, Attrs: map[string]any{"batch_axis": 1, "time_axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(1, 3)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "too long", Opset: 10, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 2}, 1, 1), optest.List(3, 4)}, Err: ops.CodeShape},
	)
}
