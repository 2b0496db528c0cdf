package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Min",
		optest.Case{Name: "a constant", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{4}, -1, 0.5, 2, 4), optest.Number(1)}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, -1, 0.5, 1, 1)}},
		optest.Case{Name: "two variables", Opset: 8, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 5), optest.F(tensor.Shape{2}, 2, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2)}},
		optest.Case{Name: "integers", Opset: 13, In: []optest.Tensor{optest.I(tensor.Shape{3}, 1, 500, -7), optest.I(tensor.Shape{3}, 2, 2, -9)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 1, 2, -9)}},
		optest.Case{Name: "two scales and a constant list", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 5), optest.F(tensor.Shape{1}, 70), optest.Fix(optest.F(tensor.Shape{2}, 3, -80))}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, -80)}},
	)
}
