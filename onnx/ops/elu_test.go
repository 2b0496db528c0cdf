package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Elu",
		optest.Case{Opset: 7, Attrs: map[string]any{"alpha": 2.0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.729329434, -0.786938681, 0, 0.25, 1, 3)}},
	)
}
