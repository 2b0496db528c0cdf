package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("NonZero",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{2, 2}, 1, 0, 3, 4))}, Out: []optest.Tensor{optest.I(tensor.Shape{2, 3}, 0, 1, 1, 0, 0, 1)}},
		optest.Case{Name: "variable input", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 0)}, Err: ops.CodeNotConstant},
	)
}
