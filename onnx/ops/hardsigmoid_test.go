package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("HardSigmoid",
		optest.Case{Opset: 7, Attrs: map[string]any{"alpha": 0.5, "beta": 0.25}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0, 0, 0.25, 0.375, 0.75, 1)}},
		optest.Case{Name: "defaults", Opset: 22, In: []optest.Tensor{optest.F(tensor.Shape{6}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, 0.1, 0.4, 0.5, 0.55, 0.7, 1)}},
	)
}
