package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Mish",
		optest.Case{Opset: 18, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.252501483, -0.220743775, 0, 0.16957241, 0.865098388, 2.986535005)}},
	)
}
