package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("ReduceProd",
		optest.Case{Name: "axes are an attribute", Opset: 13, Attrs: map[string]any{"axes": []int{1}}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, -4, 0.5, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1}, 6, -4)}},
		optest.Case{Name: "axes are an input", Opset: 18, Attrs: map[string]any{"keepdims": 0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, -4, 0.5, 2), optest.List(0)}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, -4, 1, 6)}},
		optest.Case{Name: "all of them", Opset: 18, In: []optest.Tensor{optest.F(tensor.Shape{5}, 1, 2, -3, 4, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{1}, -12)}},
		optest.Case{Name: "integers", Opset: 18, In: []optest.Tensor{optest.I(tensor.Shape{2, 2}, 3, -7, 11, 100), optest.List(1)}, Out: []optest.Tensor{optest.I(tensor.Shape{2, 1}, -21, 1100)}},
	)
}
