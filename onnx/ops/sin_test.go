package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Sin",
		optest.Case{Opset: 7, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.5, -0.25, 0, 0.1, 0.2, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.479425539, -0.247403959, 0, 0.099833417, 0.198669331, 0.479425539)}},
	)
}
