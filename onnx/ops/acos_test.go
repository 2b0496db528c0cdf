package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Acos",
		optest.Case{Opset: 7, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.9, -0.5, -0.1, 0.1, 0.5, 0.9)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 2.690565842, 2.094395102, 1.670963748, 1.470628906, 1.047197551, 0.451026812)}},
	)
}
