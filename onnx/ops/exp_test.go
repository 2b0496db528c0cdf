package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Exp",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0.135335283, 0.60653066, 1, 1.284025417, 2.718281828, 20.085536923)}},
	)
}
