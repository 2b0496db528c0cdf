package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Not",
		optest.Case{Opset: 7, In: []optest.Tensor{optest.B(tensor.Shape{2}, 0, 1)}, Out: []optest.Tensor{optest.B(tensor.Shape{2}, 1, 0)}},
	)
}
