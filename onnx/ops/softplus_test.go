package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Softplus",
		optest.Case{Opset: 7, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0.126928011, 0.474076984, 0.693147181, 0.82593942, 1.313261688, 3.048587352)}},
		optest.Case{Name: "no overflow", Opset: 7, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1000, -1000)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1000, 0)}},
	)
}
