package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Pow",
		optest.Case{Name: "constant exponent", Opset: 15, In: []optest.Tensor{optest.F(tensor.Shape{4}, 0.5, 1, 2, 3), optest.Number(2)}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 0.25, 1, 4, 9)}},
		optest.Case{Name: "constant base", Opset: 15, In: []optest.Tensor{optest.Number(2), optest.F(tensor.Shape{4}, 0.5, 1, 2, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 1.414213562, 2, 4, 8)}},
		optest.Case{Name: "an exponent for each", Opset: 15, In: []optest.Tensor{optest.F(tensor.Shape{2}, 2, 3), optest.Fix(optest.I(tensor.Shape{2}, 3, 2))}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 8, 9)}},
	)
}
