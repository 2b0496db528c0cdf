package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("OptionalGetElement",
		optest.Case{Opset: 18, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2)}},
	)
}
