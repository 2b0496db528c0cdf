package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("ThresholdedRelu",
		optest.Case{Opset: 10, Attrs: map[string]any{"alpha": 0.7}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0, 0, 0, 0, 1, 3)}},
	)
}
