package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Scatter",
		optest.Case{Opset: 9, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 2}, 1, 0)), optest.F(tensor.Shape{1, 2}, -1, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, -2, 3, -1, 5, 6)}},
		optest.Case{Name: "along a later axis", Opset: 9, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 4}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 2}, 1, 3)), optest.F(tensor.Shape{1, 2}, -1, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4}, 1, -1, 3, -2)}},
	)
}
