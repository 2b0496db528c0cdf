package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QLinearGlobalAveragePool",
		optest.Case{Name: "mean", Domain: ops.DomainMicrosoft, Opset: 1, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 2, 3, 3}, 64, 73, 88, 200, 202, 64, 137, 19, 227, 246, 92, 138, 137, 198, 17, 135, 215, 156),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 20)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.029999999329447746)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 5))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{1, 2, 1, 1}, 71, 90)}},
	)
}
