package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Expand",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 1}, 1, 1), optest.List(2, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2, 3}, 1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2)}},
		optest.Case{Name: "to a smaller shape", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.List(1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1)}},
		optest.Case{Name: "extents that do not broadcast", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1), optest.List(3)}, Err: ops.CodeShape},
	)
}
