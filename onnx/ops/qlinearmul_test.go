package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QLinearMul",
		optest.Case{Name: "variables", Domain: ops.DomainMicrosoft, Opset: 1, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{2, 3}, 113, 183, 53, 117, 231, 97),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.30000001192092896)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 3)),
			optest.Of(tensor.Uint8, tensor.Shape{3}, 4, 201, 77),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.10999999940395355)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 200)),
			optest.Fix(optest.Of(tensor.Float32, nil, 9)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 77))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{2, 3}, 0, 78, 54, 0, 78, 35)}},
		optest.Case{Name: "halves", Domain: ops.DomainMicrosoft, Opset: 1, In: []optest.Tensor{
			optest.Of(tensor.Int8, tensor.Shape{8}, 0, 1, 2, 3, 4, 5, 6, 7),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.5)),
			optest.Fix(optest.Of(tensor.Int8, nil, 0)),
			optest.Of(tensor.Int8, tensor.Shape{8}, 3, 3, 3, 3, 3, 3, 3, 3),
			optest.Fix(optest.Of(tensor.Float32, nil, 1)),
			optest.Fix(optest.Of(tensor.Int8, nil, 0)),
			optest.Fix(optest.Of(tensor.Float32, nil, 1)),
			optest.Fix(optest.Of(tensor.Int8, nil, 5))},
			Out: []optest.Tensor{optest.Of(tensor.Int8, tensor.Shape{8}, 5, 6, 8, 10, 11, 12, 14, 16)}},
	)
}
