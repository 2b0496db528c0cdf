package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QLinearSoftmax",
		optest.Case{Name: "uint8", Domain: ops.DomainMicrosoft, Opset: 1, Attrs: map[string]any{"axis": -1, "opset": 13}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{2, 5}, 112, 255, 99, 67, 59, 217, 54, 155, 60, 206),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 20)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.00390625)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 0))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{2, 5}, 13, 224, 10, 5, 4, 118, 5, 34, 5, 95)}, Tol: 0.02},
	)
}
