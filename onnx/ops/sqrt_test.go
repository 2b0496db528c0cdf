package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Sqrt",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0, 0.25, 1, 2, 4, 9)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0, 0.5, 1, 1.414213562, 2, 3)}},
	)
}
