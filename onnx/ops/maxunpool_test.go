package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("MaxUnpool",
		optest.Case{Opset: 11, Attrs: map[string]any{"kernel_shape": []int{2, 2}, "strides": []int{2, 2}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 2}, -0.856999993, 0.400000006, 0.0529999994, 0.409000009), optest.Fix(optest.I(tensor.Shape{1, 1, 2, 2}, 5, 7, 13, 15))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 4, 4}, 0, 0, 0, 0, 0, -0.856999993, 0, 0.400000006, 0, 0, 0, 0, 0, 0.0529999994, 0, 0.409000009)}},
		optest.Case{Name: "a larger result", Opset: 22, Attrs: map[string]any{"kernel_shape": []int{2, 2}, "strides": []int{2, 2}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 2}, -0.824000001, 0.289999992, -0.259000003, -0.00100000005), optest.Fix(optest.I(tensor.Shape{1, 1, 2, 2}, 5, 7, 13, 15)), optest.Fix(optest.I(tensor.Shape{4}, 1, 1, 5, 5))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 5, 5}, 0, 0, 0, 0, 0, 0, -0.824000001, 0, 0.289999992, 0, 0, 0, 0, 0, 0, 0, -0.259000003, 0, -0.00100000005, 0, 0, 0, 0, 0, 0)}},
		optest.Case{Name: "an index outside", Opset: 11, Attrs: map[string]any{"kernel_shape": []int{2}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 1, 1}, 1), optest.Fix(optest.I(tensor.Shape{1, 1, 1}, 2))}, Err: ops.CodeShape},
		optest.Case{Name: "variable indices", Opset: 11, Attrs: map[string]any{"kernel_shape": []int{2}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 1, 1}, 1), optest.I(tensor.Shape{1, 1, 1}, 1)}, Err: ops.CodeNotConstant},
	)
}
