package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Mul",
		optest.Case{Name: "two variables", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.F(tensor.Shape{2, 3}, 2, 4, 8, 2, 4, 8)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 2, 8, 24, 8, 20, 48)}},
		optest.Case{Name: "constant row", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.Fix(optest.F(tensor.Shape{3}, 10, 20, 30))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 10, 40, 90, 40, 100, 180)}},
		optest.Case{Name: "constant column on the left", Opset: 13, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{2, 1}, 100, 200)), optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 100, 200, 300, 800, 1000, 1200)}},
		optest.Case{Name: "constant that widens the variable", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{3}, 10, 20, 30), optest.Fix(optest.F(tensor.Shape{2, 1}, 1, 2))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 10, 20, 30, 20, 40, 60)}},
		optest.Case{Name: "shapes that do not broadcast", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeShape},
		optest.Case{Name: "mixed types", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.I(tensor.Shape{1}, 2)}, Err: ops.CodeType},
	)
}
