package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Where",
		optest.Case{Name: "constant condition", Opset: 16, In: []optest.Tensor{optest.Fix(optest.B(tensor.Shape{2, 1}, 1, 0)), optest.F(tensor.Shape{2}, 1, 2), optest.Number(-1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 2, -1, -1)}},
		optest.Case{Name: "variable condition", Opset: 9, In: []optest.Tensor{optest.B(tensor.Shape{2}, 1, 0), optest.F(tensor.Shape{2}, 1, 2), optest.F(tensor.Shape{2}, 3, 4)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 4)}},
		optest.Case{Name: "variable condition of a constant", Opset: 16, In: []optest.Tensor{optest.B(tensor.Shape{2, 1}, 1, 0), optest.Number(-100), optest.F(tensor.Shape{2}, 3, 4)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, -100, -100, 3, 4)}},
		optest.Case{Name: "variable condition of constants", Opset: 16, In: []optest.Tensor{optest.B(tensor.Shape{2}, 1, 0), optest.Number(-0.5), optest.Fix(optest.F(tensor.Shape{2}, 3, 4))}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, -0.5, 4)}},
		optest.Case{Name: "choices of two scales", Opset: 16, In: []optest.Tensor{optest.B(tensor.Shape{2}, 1, 0), optest.F(tensor.Shape{2}, -0.5, 0.25), optest.F(tensor.Shape{2}, 3, 7)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, -0.5, 7)}},
		optest.Case{Name: "choices of integers", Opset: 16, In: []optest.Tensor{optest.B(tensor.Shape{2}, 1, 0), optest.I(tensor.Shape{2}, 300, 2), optest.I(tensor.Shape{2}, 3, -999)}, Out: []optest.Tensor{optest.I(tensor.Shape{2}, 300, -999)}},
		optest.Case{Name: "choices of two types", Opset: 9, In: []optest.Tensor{optest.B(tensor.Shape{2}, 1, 0), optest.F(tensor.Shape{2}, 1, 2), optest.I(tensor.Shape{2}, 3, 4)}, Err: ops.CodeType},
	)
}
