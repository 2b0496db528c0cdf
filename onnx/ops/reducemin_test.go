package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("ReduceMin",
		optest.Case{Name: "no truth values", Opset: 20, In: []optest.Tensor{optest.Fix(optest.Of(tensor.Bool, tensor.Shape{2, 0})), optest.List(1)}, Out: []optest.Tensor{optest.Of(tensor.Bool, tensor.Shape{2, 1}, 1, 1)}},
		optest.Case{Name: "no integers", Opset: 20, In: []optest.Tensor{optest.Fix(optest.Of(tensor.Int8, tensor.Shape{1, 0})), optest.List(1)}, Out: []optest.Tensor{optest.Of(tensor.Int8, tensor.Shape{1, 1}, 127)}},
		optest.Case{Name: "axes are an attribute", Opset: 13, Attrs: map[string]any{"axes": []int{1}}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 7, 3, 9, 5, 4)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1}, 1, 4)}},
		optest.Case{Name: "axes are an input", Opset: 18, Attrs: map[string]any{"keepdims": 0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 7, 3, 9, 5, 4), optest.List(0)}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 1, 5, 3)}},
		optest.Case{Name: "truth values", Opset: 20, In: []optest.Tensor{optest.B(tensor.Shape{2, 2}, 1, 1, 0, 1), optest.List(1)}, Out: []optest.Tensor{optest.B(tensor.Shape{2, 1}, 1, 0)}},
		optest.Case{Name: "integers", Opset: 20, In: []optest.Tensor{optest.I(tensor.Shape{3}, 700, -4, 65)}, Out: []optest.Tensor{optest.I(tensor.Shape{1}, -4)}},
	)
}
