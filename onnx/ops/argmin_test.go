package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("ArgMin",
		optest.Case{Name: "the first among equals", Opset: 11, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, -7, 3, 9, 5, 5)}, Out: []optest.Tensor{optest.I(tensor.Shape{2, 1}, 1, 1)}},
		optest.Case{Name: "the last among equals", Opset: 13, Attrs: map[string]any{"axis": -1, "keepdims": 0, "select_last_index": 1}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, -7, 3, 9, 5, 5)}, Out: []optest.Tensor{optest.I(tensor.Shape{2}, 1, 2)}},
		optest.Case{Name: "axis 0 by default", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, -7, 3, 9, 5, 5)}, Out: []optest.Tensor{optest.I(tensor.Shape{1, 3}, 0, 0, 0)}},
	)
}
