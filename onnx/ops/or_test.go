package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Or",
		optest.Case{Opset: 7, In: []optest.Tensor{optest.B(tensor.Shape{4}, 0, 0, 1, 1), optest.B(tensor.Shape{4}, 0, 1, 0, 1)}, Out: []optest.Tensor{optest.B(tensor.Shape{4}, 0, 1, 1, 1)}},
		optest.Case{Name: "a constant that broadcasts", Opset: 7, In: []optest.Tensor{optest.B(tensor.Shape{2, 1}, 0, 1), optest.Fix(optest.B(tensor.Shape{2}, 0, 1))}, Out: []optest.Tensor{optest.B(tensor.Shape{2, 2}, 0, 1, 1, 1)}},
	)
}
