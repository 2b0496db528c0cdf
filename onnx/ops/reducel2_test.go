package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ReduceL2",
		optest.Case{Name: "axes are an attribute", Opset: 11, Attrs: map[string]any{"axes": []int{1}}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, -2, 3, 4, 0.5, -6)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1}, 3.7416575, 7.22841597)}},
		optest.Case{Name: "axes are an input", Opset: 18, Attrs: map[string]any{"keepdims": 0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, -2, 3, 4, 0.5, -6), optest.Fix(optest.I(tensor.Shape{1}, 0))}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 4.12310553, 2.06155276, 6.70820379)}},
		optest.Case{Name: "all axes", Opset: 18, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, -2, 3, 4, 0.5, -6)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1}, 8.13941002)}},
		optest.Case{Name: "no axes", Opset: 18, Attrs: map[string]any{"noop_with_empty_axes": 1}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, -2, 3, 4, 0.5, -6)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 0.5, 6)}},
		optest.Case{Name: "two axes", Opset: 18, In: []optest.Tensor{optest.F(tensor.Shape{2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8), optest.Fix(optest.I(tensor.Shape{2}, -1, 0))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1}, 8.1240387, 11.7473402)}},
		optest.Case{Name: "nothing to reduce", Opset: 18, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{2, 0, 3})), optest.Fix(optest.I(tensor.Shape{1}, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1, 3}, 0, 0, 0, 0, 0, 0)}},
		optest.Case{Name: "axis beyond the rank", Opset: 18, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, -2, 3, 4, 0.5, -6), optest.Fix(optest.I(tensor.Shape{1}, 2))}, Err: ops.CodeShape},
	)
}
