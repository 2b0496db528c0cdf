package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Cosh",
		optest.Case{Opset: 9, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1, -0.5, -0.1, 0.1, 0.5, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1.543080635, 1.127625965, 1.005004168, 1.005004168, 1.127625965, 1.543080635)}},
	)
}
