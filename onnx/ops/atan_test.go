package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Atan",
		optest.Case{Opset: 7, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.107148718, -0.463647609, 0, 0.244978663, 0.785398163, 1.249045772)}},
	)
}
