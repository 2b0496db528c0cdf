package ops_test

import (
	"math"

	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("IsNaN",
		optest.Case{Opset: 9, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{3}, math.NaN(), 1, math.Inf(1)))}, Out: []optest.Tensor{optest.B(tensor.Shape{3}, 1, 0, 0)}},
		optest.Case{Name: "a variable", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, -2)}, Out: []optest.Tensor{optest.B(tensor.Shape{2}, 0, 0)}},
	)
}
