package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ArgMax",
		optest.Case{Name: "the first among equals", Opset: 11, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 7, 3, 9, 5, 9)}, Out: []optest.Tensor{optest.I(tensor.Shape{2, 1}, 1, 0)}},
		optest.Case{Name: "the last among equals", Opset: 13, Attrs: map[string]any{"axis": -1, "keepdims": 0, "select_last_index": 1}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 7, 3, 9, 5, 9)}, Out: []optest.Tensor{optest.I(tensor.Shape{2}, 1, 2)}},
		optest.Case{Name: "axis 0 by default", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 7, 3, 9, 5, 4)}, Out: []optest.Tensor{optest.I(tensor.Shape{1, 3}, 1, 0, 1)}},
		optest.Case{Name: "select_last_index before opset 12", Opset: 11, Attrs: map[string]any{"select_last_index": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Err: ops.CodeBadAttribute},
	)
}
