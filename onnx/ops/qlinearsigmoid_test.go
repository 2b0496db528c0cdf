package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QLinearSigmoid",
		optest.Case{Name: "uint8", Domain: ops.DomainMicrosoft, Opset: 1, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{16}, 0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.03999999910593033)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 120)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.00390625)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 0))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{16}, 2, 4, 8, 15, 28, 51, 84, 125, 168, 202, 225, 240, 247, 252, 254, 255)}},
	)
}
