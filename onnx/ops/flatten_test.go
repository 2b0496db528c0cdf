package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Flatten",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3, 2}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2, 6}, 1, 1)}},
		optest.Case{Name: "axis from the end", Opset: 13, Attrs: map[string]any{"axis": -1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3, 2}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{6, 2}, 1, 1)}},
		optest.Case{Name: "axis equal to the rank", Opset: 9, Attrs: map[string]any{"axis": 2}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{6, 1}, 1, 1)}},
		optest.Case{Name: "axis beyond the rank", Opset: 13, Attrs: map[string]any{"axis": 3}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Err: ops.CodeShape},
		optest.Case{Name: "negative axis before opset 11", Opset: 9, Attrs: map[string]any{"axis": -1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Err: ops.CodeBadAttribute},
	)
}
