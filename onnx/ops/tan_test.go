package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Tan",
		optest.Case{Opset: 7, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1, -0.5, 0, 0.25, 0.5, 1.20000005)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.55740774, -0.546302497, 0, 0.255341917, 0.546302497, 2.5721519)}},
	)
}
