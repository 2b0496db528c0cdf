package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("BitwiseNot",
		optest.Case{Name: "signed", Opset: 18, In: []optest.Tensor{optest.I(tensor.Shape{3}, -7, 0, 5)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 6, -1, -6)}},
		optest.Case{Name: "unsigned", Opset: 18, In: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{3}, 0, 255, 7).Value}}, Out: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{3}, 255, 0, 248).Value}}},
	)
}
