package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Cos",
		optest.Case{Opset: 7, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.416146837, 0.877582562, 1, 0.968912422, 0.540302306, -0.989992497)}},
	)
}
