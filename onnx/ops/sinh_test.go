package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Sinh",
		optest.Case{Opset: 9, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1, -0.5, -0.1, 0.1, 0.5, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.175201194, -0.521095305, -0.10016675, 0.10016675, 0.521095305, 1.175201194)}},
	)
}
