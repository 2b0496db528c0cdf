package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QGemm",
		optest.Case{Name: "quantized", Domain: ops.DomainMicrosoft, Opset: 1, Attrs: map[string]any{"transB": 1, "alpha": 1.0}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{2, 3}, 118, 146, 150, 40, 3, 243),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 20)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4, 3}, 79, -89, 43, 2, 60, -92, 51, 55, 127, -58, -18, -94)),
			optest.Fix(optest.Of(tensor.Float32, tensor.Shape{4}, 0.029999999329447746, 0.009999999776482582, 0.019999999552965164, 0.05000000074505806)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4}, 0, 0, 0, 0)),
			optest.Fix(optest.Of(tensor.Int32, tensor.Shape{4}, 100, -2000, 30, 7)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.10000000149011612)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 100))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{2, 4}, 113, 88, 214, 0, 177, 53, 214, 0)}},
		optest.Case{Name: "reals", Domain: ops.DomainMicrosoft, Opset: 1, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{2, 3}, 3, 11, 114, 44, 190, 49),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 20)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{3, 4}, 32, 9, -44, -13, 127, 117, -58, 116, -73, 75, -40, 43)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.029999999329447746)),
			optest.Fix(optest.Of(tensor.Int8, nil, 4)),
			optest.Fix(optest.Of(tensor.Int32, tensor.Shape{4}, 100, -2000, 30, 7))},
			Out: []optest.Tensor{optest.Of(tensor.Float32, tensor.Shape{2, 4}, -5.23259973526001, 2.143199920654297, -1.63919997215271, 1.77239990234375, 11.66939926147461, 11.63339900970459, -7.7627997398376465, 11.86199951171875)}},
	)
}
