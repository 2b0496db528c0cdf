package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Reciprocal",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0.5, 1, 2, 3, 4, 5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 2, 1, 0.5, 0.333333333, 0.25, 0.2)}},
	)
}
