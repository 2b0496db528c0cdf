package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Asinh",
		optest.Case{Opset: 9, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.443635475, -0.481211825, 0, 0.247466462, 0.881373587, 1.818446459)}},
	)
}
