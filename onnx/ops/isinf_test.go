package ops_test

import (
	"math"

	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("IsInf",
		optest.Case{Opset: 10, In: []optest.Tensor{optest.F(tensor.Shape{3}, -1, 0, 2)}, Out: []optest.Tensor{optest.B(tensor.Shape{3}, 0, 0, 0)}},
		optest.Case{Name: "of one sign", Opset: 20, Attrs: map[string]any{"detect_negative": 0}, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{3}, math.Inf(-1), math.Inf(1), 0))}, Out: []optest.Tensor{optest.B(tensor.Shape{3}, 0, 1, 0)}},
	)
}
