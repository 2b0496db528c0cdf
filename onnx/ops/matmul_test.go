package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("MatMul",
		optest.Case{Name: "constant on the right", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{3, 2}, 1, 0, 0, 1, 1, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 4, -1, 10, -1)}},
		optest.Case{Name: "constant on the left", Opset: 13, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{2, 3}, 1, 0, 0, 1, 1, -1)), optest.Seq(tensor.Shape{3, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 2, -1, 0)}},
		optest.Case{Name: "vector on the left", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.Fix(optest.F(tensor.Shape{3, 2}, 1, 0, 0, 1, 1, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 4, -1)}},
		optest.Case{Name: "vector on the right", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{3}, 1, 2, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 2, 8)}},
		optest.Case{Name: "a constant for each of a batch", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 1, 2}, 1, 1), optest.Fix(optest.F(tensor.Shape{2, 2, 1}, 1, 2, 3, 4))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1, 1}, 5, 25)}},
		optest.Case{Name: "a batch on the left", Opset: 13, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{2, 1, 2}, 1, 2, 3, 4)), optest.Seq(tensor.Shape{2, 1}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1, 1}, 5, 11)}},
		optest.Case{Name: "two variables", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.F(tensor.Shape{3, 2}, 1, 0, 0, 1, 1, -1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 4, -1, 10, -1)}},
		optest.Case{Name: "inner extents that differ", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Err: ops.CodeShape},
	)
}
