package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("BitwiseOr",
		optest.Case{Name: "signed", Opset: 18, In: []optest.Tensor{optest.I(tensor.Shape{4}, -7, 12, 100, -128), optest.I(tensor.Shape{4}, 3, 10, -100, 127)}, Out: []optest.Tensor{optest.I(tensor.Shape{4}, -5, 14, -4, -1)}},
		optest.Case{Name: "unsigned", Opset: 18, In: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{4}, 200, 7, 255, 0).Value}, optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{4}, 13, 4, 1, 255).Value}}, Out: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{4}, 205, 7, 255, 255).Value}}},
		optest.Case{Name: "a constant", Opset: 18, In: []optest.Tensor{optest.I(tensor.Shape{4}, -7, 12, 100, -128), optest.Fix(optest.I(nil, -20))}, Out: []optest.Tensor{optest.I(tensor.Shape{4}, -3, -20, -20, -20)}},
		optest.Case{Name: "reals", Opset: 18, In: []optest.Tensor{optest.F(tensor.Shape{1}, 1), optest.F(tensor.Shape{1}, 1)}, Err: ops.CodeType},
	)
}
