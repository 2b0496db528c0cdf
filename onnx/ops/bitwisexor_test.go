package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("BitwiseXor",
		optest.Case{Name: "signed", Opset: 18, In: []optest.Tensor{optest.I(tensor.Shape{4}, -7, 12, 100, -128), optest.I(tensor.Shape{4}, 3, 10, -100, 127)}, Out: []optest.Tensor{optest.I(tensor.Shape{4}, -6, 6, -8, -1)}},
		optest.Case{Name: "unsigned", Opset: 18, In: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{4}, 200, 7, 255, 0).Value}, optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{4}, 13, 4, 1, 255).Value}}, Out: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{4}, 197, 3, 254, 255).Value}}},
		optest.Case{Name: "a constant", Opset: 18, In: []optest.Tensor{optest.I(tensor.Shape{4}, -7, 12, 100, -128), optest.Fix(optest.I(nil, -20))}, Out: []optest.Tensor{optest.I(tensor.Shape{4}, 21, -32, -120, 108)}},
		optest.Case{Name: "reals", Opset: 18, In: []optest.Tensor{optest.F(tensor.Shape{1}, 1), optest.F(tensor.Shape{1}, 1)}, Err: ops.CodeType},
	)
}
