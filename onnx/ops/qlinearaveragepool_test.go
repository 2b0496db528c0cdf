package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QLinearAveragePool",
		optest.Case{Name: "mean", Domain: ops.DomainMicrosoft, Opset: 1, Attrs: map[string]any{"kernel_shape": []int{2, 2}, "strides": []int{2, 2}}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 2, 4, 4}, 183, 161, 108, 92, 243, 194, 100, 6, 32, 114, 117, 95, 251, 122, 203, 32, 95, 56, 36, 143, 36, 99, 175, 202, 143, 154, 75, 220, 47, 187, 22, 154),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 20)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.029999999329447746)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 5))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{1, 2, 2, 2}, 122, 43, 78, 66, 39, 84, 80, 70)}},
		optest.Case{Name: "halves", Domain: ops.DomainMicrosoft, Opset: 1, Attrs: map[string]any{"kernel_shape": []int{2, 1}, "strides": []int{1, 1}}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 1, 8, 1}, 0, 1, 2, 3, 4, 5, 6, 7),
			optest.Fix(optest.Of(tensor.Float32, nil, 1)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 0)),
			optest.Fix(optest.Of(tensor.Float32, nil, 1)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 1))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{1, 1, 7, 1}, 2, 2, 4, 4, 6, 6, 8)}},
	)
}
