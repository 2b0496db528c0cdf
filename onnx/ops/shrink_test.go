package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Shrink",
		optest.Case{Name: "both", Opset: 9, Attrs: map[string]any{"lambd": 0.5, "bias": 0.25}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.600000024, 0, 0.400000006, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.75, -0.350000024, 0, 0, 0.75, 2.75)}},
		optest.Case{Name: "defaults", Opset: 9, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.600000024, 0, 0.400000006, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.600000024, 0, 0, 1, 3)}},
	)
}
