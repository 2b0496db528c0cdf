package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Floor",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.7, -0.3, 0.3, 0.7, 1.4, 2.6)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -1, 0, 0, 1, 2)}},
	)
}
