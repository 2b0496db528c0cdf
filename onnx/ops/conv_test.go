package ops_test

import (
	"assay/internal/optest"
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
		optest.Case{Name: "variable weights", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 2}, 12, 16, 24, 28)}},

		optest.Case{Name: "variable weights, groups, pads and a bias", Opset: 11, Attrs: map[string]any{"group": 2, "pads": []int{1, 0, 0, 1}, "strides": []int{2, 1}}, In: []optest.Tensor{optest.F(tensor.Shape{2, 2, 3, 2}, 0.703125, -0.609375, 0.1875, 0.234375, -0.046875, -0.28125, 0.890625, 0.625, -0.6875, -1, -0.484375, -0.15625, -0.671875, -0.328125, 0.359375, 0.484375, 0.640625, 0.625, -0.359375, 0.0625, 0.46875, 0.21875, 0.15625, 0.625), optest.F(tensor.Shape{4, 1, 2, 2}, 0.890625, 0.796875, -0.453125, -0.765625, -0.421875, 0.609375, -0.375, 0.484375, 0.1875, 0.984375, -0.765625, 0.65625, -0.90625, 0.28125, 0.078125, -0.515625), optest.F(tensor.Shape{4}, -0.46875, -0.21875, -0.03125, -0.6875)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4, 2, 2}, -0.3208008, -0.192627, 0.121582, -0.1325684, -0.7775879, 0.009765625, -0.2736816, -0.2121582, -0.3029785, -0.5097656, -0.8762207, -0.09912109, -0.9401855, -0.6386719, -0.3029785, 0.206543, 0.08691406, -0.3200684, -0.5314941, -0.3205566, -0.1257324, -0.09570312, -0.01269531, -0.6574707, 0.2849121, -0.07910156, 0.5625, -0.46875, -0.7478027, -0.6826172, -1.36084, -0.8369141)}},
		optest.Case{Name: "variable bias", Opset: 11, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3}, -0.125, -0.828125, -0, 0.078125, -0.21875, -0.015625), optest.Fix(optest.F(tensor.Shape{2, 2, 2}, 0.140625, 0.046875, -0.640625, -0.5625, -0.46875, 1, 0, 0.421875)), optest.F(tensor.Shape{2}, -0.59375, 0.046875)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2}, -0.5771484, -0.5612793, -0.8149414, 0.4284668)}},
		optest.Case{Name: "kernel_shape that disagrees", Opset: 11, Attrs: map[string]any{"kernel_shape": []int{3, 3}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Err: ops.CodeShape},
		optest.Case{Name: "stride of zero", Opset: 11, Attrs: map[string]any{"strides": []int{0, 1}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "unknown auto_pad", Opset: 11, Attrs: map[string]any{"auto_pad": "FULL"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "kernel longer than the input", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 1, 1}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Err: ops.CodeShape},
		optest.Case{Name: "channels that disagree", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 3, 3, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))}, Err: ops.CodeShape},
	)
}
