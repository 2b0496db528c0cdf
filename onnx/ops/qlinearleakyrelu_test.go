package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QLinearLeakyRelu",
		optest.Case{Name: "int8", Domain: ops.DomainMicrosoft, Opset: 1, Attrs: map[string]any{"alpha": 0.1}, In: []optest.Tensor{
			optest.Of(tensor.Int8, tensor.Shape{15}, -128, -111, -94, -77, -60, -43, -26, -9, 8, 25, 42, 59, 76, 93, 110),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.03999999910593033)),
			optest.Fix(optest.Of(tensor.Int8, nil, -20)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Int8, nil, 3))},
			Out: []optest.Tensor{optest.Of(tensor.Int8, tensor.Shape{15}, -19, -15, -12, -8, -5, -2, 2, 25, 59, 93, 127, 127, 127, 127, 127)}},
	)
}
