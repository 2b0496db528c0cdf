package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Unsqueeze",
		optest.Case{Name: "axes are an attribute", Opset: 11, Attrs: map[string]any{"axes": []int{0, 2}}, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{1, 3, 1}, 1, 1)}},
		optest.Case{Name: "axes are an input", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.List(-1, 0)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{1, 3, 1}, 1, 1)}},
		optest.Case{Name: "an axis twice", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.List(1, 1)}, Err: ops.CodeShape},
		optest.Case{Name: "no axes", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1)}, Err: ops.CodeBadAttribute},
	)
}
