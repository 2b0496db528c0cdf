package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QLinearConcat",
		optest.Case{Name: "two scales", Domain: ops.DomainMicrosoft, Opset: 1, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{
			optest.Fix(optest.Of(tensor.Float32, nil, 0.029999999329447746)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 9)),
			optest.Of(tensor.Uint8, tensor.Shape{2, 2}, 142, 8, 236, 47),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 20)),
			optest.Of(tensor.Uint8, tensor.Shape{2, 1}, 89, 172),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.029999999329447746)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 9))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{2, 3}, 90, 1, 89, 153, 27, 172)}},
	)
}
