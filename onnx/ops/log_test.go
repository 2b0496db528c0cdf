package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Log",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0.25, 0.5, 1, 2, 3, 7)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.386294361, -0.693147181, 0, 0.693147181, 1.098612289, 1.945910149)}},
	)
}
