package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Squeeze",
		optest.Case{Name: "axes are an attribute", Opset: 11, Attrs: map[string]any{"axes": []int{-1}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 3, 1}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{1, 3}, 1, 1)}},
		optest.Case{Name: "axes are an input", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 3, 1}, 1, 1), optest.List(0)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{3, 1}, 1, 1)}},
		optest.Case{Name: "all axes", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 3, 1}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1)}},
		optest.Case{Name: "extent other than 1", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(0)}, Err: ops.CodeShape},
	)
}
