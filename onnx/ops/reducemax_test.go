package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("ReduceMax",
		optest.Case{Name: "axes are an attribute", Opset: 13, Attrs: map[string]any{"axes": []int{1}}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 7, 3, 9, 5, 4)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1}, 7, 9)}},
		optest.Case{Name: "axes are an input", Opset: 18, Attrs: map[string]any{"keepdims": 0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 7, 3, 9, 5, 4), optest.List(0)}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 9, 7, 4)}},
	)
}
