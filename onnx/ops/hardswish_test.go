package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("HardSwish",
		optest.Case{Opset: 14, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -4, -2, -0.5, 0.25, 1, 5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0, -0.333333333, -0.208333333, 0.135416667, 0.666666667, 5)}},
		optest.Case{Name: "before it existed", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeUnsupportedOp},
	)
}
