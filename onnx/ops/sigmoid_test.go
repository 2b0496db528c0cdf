package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Sigmoid",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0.119202922, 0.377540669, 0.5, 0.562176501, 0.731058579, 0.952574127)}},
	)
}
