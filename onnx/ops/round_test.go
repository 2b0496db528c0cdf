package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Round",
		optest.Case{Opset: 11, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.7, -0.3, 0.3, 0.7, 1.4, 2.6)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, 0, 0, 1, 1, 3)}},
		optest.Case{Name: "halves to even", Opset: 11, In: []optest.Tensor{optest.F(tensor.Shape{4}, 0.5, 1.5, 2.5, -0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 0, 2, 2, 0)}, Tol: 1.0 / 1.5},
	)
}
