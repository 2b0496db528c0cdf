package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("MaxPool",
		optest.Case{Name: "stride of one", Opset: 8, Attrs: map[string]any{"kernel_shape": []int{2, 2}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 2}, 5, 6, 8, 9)}},
		optest.Case{Name: "ceil_mode", Opset: 12, Attrs: map[string]any{"kernel_shape": []int{2, 2}, "strides": []int{2, 2}, "ceil_mode": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 2}, 5, 6, 8, 9)}},
		optest.Case{Name: "padding never wins", Opset: 12, Attrs: map[string]any{"kernel_shape": []int{2}, "strides": []int{2}, "pads": []int{1, 1}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 1, 4}, -4, -3, -2, -1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 3}, -4, -2, -1)}},
		optest.Case{Name: "dilations", Opset: 12, Attrs: map[string]any{"kernel_shape": []int{2}, "dilations": []int{2}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2}, 3, 4)}},
		optest.Case{Name: "indices", Opset: 12, Attrs: map[string]any{"kernel_shape": []int{2, 2}, "pads": []int{1, 0, 0, 1}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2, 2}, 1, 3, 3, 2, -5, -8, -7, -6)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2, 2}, 3, 3, 3, 3, -5, -8, -5, -6), optest.I(tensor.Shape{1, 2, 2, 2}, 1, 1, 1, 1, 4, 5, 4, 7)}},
		optest.Case{Name: "indices in columns", Opset: 12, Attrs: map[string]any{"kernel_shape": []int{2, 2}, "storage_order": 1}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2, 3}, 1, 3, 3, 2, 0, 5, 1, 3, 3, 4, 0, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1, 2}, 3, 5, 4, 3), optest.I(tensor.Shape{1, 2, 1, 2}, 2, 5, 7, 8)}},
		optest.Case{Name: "no kernel", Opset: 12, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 4}, 1, 1)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "dilations before opset 10", Opset: 8, Attrs: map[string]any{"kernel_shape": []int{2}, "dilations": []int{2}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 4}, 1, 1)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "ceil_mode before opset 10", Opset: 8, Attrs: map[string]any{"kernel_shape": []int{2}, "ceil_mode": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 4}, 1, 1)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "a window of padding only", Opset: 12, Attrs: map[string]any{"kernel_shape": []int{1}, "pads": []int{1, 0}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 2}, 1, 1)}, Err: ops.CodeShape},
	)
}
