package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Col2Im",
		optest.Case{Name: "blocks that overlap", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 2}, 1, 1), optest.List(1, 3), optest.List(1, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 1, 3}, 1, 5, 4)}},
		optest.Case{Name: "strides, pads and dilations", Opset: 18, Attrs: map[string]any{"strides": []int{2}, "pads": []int{1, 1}, "dilations": []int{2}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 4, 2}, 1, 1), optest.List(4), optest.List(2)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 4}, 0, 5, 0, 4, 0, 13, 0, 8)}},
		optest.Case{Name: "another number of blocks", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 3}, 1, 1), optest.List(1, 3), optest.List(1, 2)}, Err: ops.CodeShape},
	)
}
