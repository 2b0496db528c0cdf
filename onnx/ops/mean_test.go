package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Mean",
		optest.Case{Name: "three, one broadcasts", Opset: 8, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.F(tensor.Shape{2, 3}, 0.5, -1, 0.25, 2, -2, 1), optest.F(tensor.Shape{3}, 10, 20, 30)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 3.83333349, 7, 11.083334, 5.33333349, 7.66666698, 12.333334)}},
		optest.Case{Name: "a constant", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.Fix(optest.F(tensor.Shape{3}, 10, 20, 30))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 5.5, 11, 16.5, 7, 12.5, 18)}},
		optest.Case{Name: "two types", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.I(tensor.Shape{1}, 1)}, Err: ops.CodeType},
	)
}
