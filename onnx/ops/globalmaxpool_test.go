package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("GlobalMaxPool",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 2, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1, 1}, 4, 8)}},
	)
}
