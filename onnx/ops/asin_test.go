package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Asin",
		optest.Case{Opset: 7, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.9, -0.5, -0.1, 0.1, 0.5, 0.9)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.119769515, -0.523598776, -0.100167421, 0.100167421, 0.523598776, 1.119769515)}},
	)
}
