package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Acosh",
		optest.Case{Opset: 9, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 1.25, 1.5, 2, 3, 4)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0, 0.693147181, 0.96242365, 1.316957897, 1.762747174, 2.063437069)}},
	)
}
