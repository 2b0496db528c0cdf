package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Size",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3, 4}, 1, 1)}, Out: []optest.Tensor{optest.I(nil, 24)}},
	)
}
