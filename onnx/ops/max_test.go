package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Max",
		optest.Case{Name: "a constant on the right", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{4}, -1, 0.5, 2, 4), optest.Number(1)}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 1, 1, 2, 4)}},
		optest.Case{Name: "a constant on the left", Opset: 13, In: []optest.Tensor{optest.Number(1), optest.F(tensor.Shape{4}, -1, 0.5, 2, 4)}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 1, 1, 2, 4)}},
		optest.Case{Name: "three inputs", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 5), optest.F(tensor.Shape{2, 1}, 3, 4), optest.Number(2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 3, 5, 4, 5)}},
		optest.Case{Name: "one input", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 5)}},
		optest.Case{Name: "two variables", Opset: 8, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 5), optest.F(tensor.Shape{2}, 2, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 2, 5)}},
		optest.Case{Name: "integers", Opset: 13, In: []optest.Tensor{optest.I(tensor.Shape{3}, 1, 500, -7), optest.I(tensor.Shape{3}, 2, 2, -9)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 2, 500, -7)}},
		optest.Case{Name: "two scales and a constant list", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 5), optest.F(tensor.Shape{1}, 70), optest.Fix(optest.F(tensor.Shape{2}, 3, -80))}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 70, 70)}},
	)
}
