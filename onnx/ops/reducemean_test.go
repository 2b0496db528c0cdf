package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ReduceMean",
		optest.Case{Name: "axes are an attribute", Opset: 11, Attrs: map[string]any{"axes": []int{1}}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1}, 2, 5)}},
		optest.Case{Name: "axes are an input", Opset: 18, Attrs: map[string]any{"keepdims": 0}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(0)}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 2.5, 3.5, 4.5)}},
		optest.Case{Name: "all axes", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1}, 3.5)}},
		optest.Case{Name: "no axes", Opset: 18, Attrs: map[string]any{"noop_with_empty_axes": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}},
		optest.Case{Name: "axis beyond the rank", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(2)}, Err: ops.CodeShape},
	)
}
