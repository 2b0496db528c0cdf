package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("OptionalHasElement",
		optest.Case{Opset: 18, In: []optest.Tensor{optest.F(tensor.Shape{2}, 0.372000009, 0.122000001)}, Out: []optest.Tensor{optest.Of(tensor.Bool, nil, 1)}},
	)
}
