package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("AveragePool",
		optest.Case{Name: "opset 7", Opset: 7, Attrs: map[string]any{"kernel_shape": []int{2, 2}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 2}, 3, 4, 6, 7)}},
		optest.Case{Name: "padding does not count", Opset: 11, Attrs: map[string]any{"kernel_shape": []int{2}, "strides": []int{2}, "pads": []int{1, 1}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 3}, 1, 2.5, 4)}},
		optest.Case{Name: "padding counts", Opset: 11, Attrs: map[string]any{"kernel_shape": []int{2}, "strides": []int{2}, "pads": []int{1, 1}, "count_include_pad": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 3}, 0.5, 2.5, 2)}},
		optest.Case{Name: "the reach of ceil_mode does not count", Opset: 11, Attrs: map[string]any{"kernel_shape": []int{2}, "strides": []int{2}, "ceil_mode": 1, "count_include_pad": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2}, 1.5, 3)}},
		optest.Case{Name: "dilations", Opset: 19, Attrs: map[string]any{"kernel_shape": []int{2}, "dilations": []int{2}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2}, 2, 3)}},
		optest.Case{Name: "dilations before opset 19", Opset: 11, Attrs: map[string]any{"kernel_shape": []int{2}, "dilations": []int{2}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 4}, 1, 1)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "opset 1", Opset: 1, Attrs: map[string]any{"kernel_shape": []int{2}, "pads": []int{1, 0}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 3}, 1, 1.5, 2.5)}},
	)
}
