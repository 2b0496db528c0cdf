package ops_test

import (
	"math"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Div",
		optest.Case{Name: "two variables", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.F(tensor.Shape{2, 3}, 2, 4, 8, 2, 4, 8)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0.5, 0.5, 0.375, 2, 1.25, 0.75)}},
		optest.Case{Name: "constant row", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.Fix(optest.F(tensor.Shape{3}, 10, 20, 30))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0.1, 0.1, 0.1, 0.4, 0.25, 0.2)}},
		optest.Case{Name: "constant column on the left", Opset: 13, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{2, 1}, 100, 200)), optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 100, 50, 33.333333333, 50, 40, 33.333333333)}},
		optest.Case{Name: "constant that widens the variable", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{3}, 10, 20, 30), optest.Fix(optest.F(tensor.Shape{2, 1}, 1, 2))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 10, 20, 30, 5, 10, 15)}},
		optest.Case{Name: "shapes that do not broadcast", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeShape},
		optest.Case{Name: "mixed types", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.I(tensor.Shape{1}, 2)}, Err: ops.CodeType},
		optest.Case{Name: "integers toward zero", Opset: 13, In: []optest.Tensor{optest.I(tensor.Shape{3}, 7, -7, 9), optest.Fix(optest.I(nil, 2))}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 3, -3, 4)}},
		optest.Case{Name: "integers by zero", Opset: 13, In: []optest.Tensor{optest.I(tensor.Shape{1}, 7), optest.Fix(optest.I(nil, 0))}, Err: ops.CodeShape},
		optest.Case{Name: "reals by zero", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2), optest.Number(0)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, math.Inf(1), math.Inf(1))}, Lower: graph.CodeLower},
	)
}
