package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Selu",
		optest.Case{Opset: 7, Attrs: map[string]any{"alpha": 1.5, "gamma": 2.0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2.59399415, -1.180408021, 0, 0.5, 2, 6)}},
	)
}
