package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("GlobalAveragePool",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 2, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1, 1}, 2.5, 6.5)}},
		optest.Case{Name: "no spatial axes", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1)}, Err: ops.CodeShape},
	)
}
