package ops_test

import (
	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Conv",
		optest.Case{Name: "2d with a bias", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1)), optest.Fix(optest.F(tensor.Shape{1}, 0.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 2}, 12.5, 16.5, 24.5, 28.5)}},
		optest.Case{Name: "strides and pads", Opset: 11, Attrs: map[string]any{"strides": []int{2, 2}, "pads": []int{1, 1, 0, 0}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 2}, 1, 5, 11, 28)}},
		optest.Case{Name: "SAME_UPPER", Opset: 11, Attrs: map[string]any{"auto_pad": "SAME_UPPER"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 3, 3}, 12, 16, 9, 24, 28, 15, 15, 17, 9)}},
		optest.Case{Name: "SAME_LOWER", Opset: 11, Attrs: map[string]any{"auto_pad": "SAME_LOWER"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 3, 3}, 1, 3, 5, 5, 12, 16, 11, 24, 28)}},
		optest.Case{Name: "dilations", Opset: 11, Attrs: map[string]any{"dilations": []int{2, 2}, "kernel_shape": []int{2, 2}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 1, 1}, 20)}},
		optest.Case{Name: "1d with groups", Opset: 11, Attrs: map[string]any{"group": 2}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{2, 1, 2}, 1, 1, 1, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2}, 3, 5, -1, -1)}},
		optest.Case{Name: "3d", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 2, 2, 2}, 1, 1), optest.Fix(optest.F(tensor.Shape{2, 1, 2, 1, 1}, 1, 1, 1, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1, 2, 2}, 6, 8, 10, 12, -4, -4, -4, -4)}},
		optest.Case{Name: "variable weights", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 2}, 12, 16, 24, 28)}, Lower: graph.CodeLower},
		optest.Case{Name: "kernel_shape that disagrees", Opset: 11, Attrs: map[string]any{"kernel_shape": []int{3, 3}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Err: ops.CodeShape},
		optest.Case{Name: "stride of zero", Opset: 11, Attrs: map[string]any{"strides": []int{0, 1}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "unknown auto_pad", Opset: 11, Attrs: map[string]any{"auto_pad": "FULL"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "kernel longer than the input", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 1, 1}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Err: ops.CodeShape},
		optest.Case{Name: "channels that disagree", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 3, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Err: ops.CodeShape},
	)
}
