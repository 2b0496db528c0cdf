package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Gemm",
		optest.Case{Name: "scaled, with a bias", Opset: 13, Attrs: map[string]any{"alpha": 0.5, "beta": 2.0}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{3, 2}, 1, 0, 0, 1, 1, -1)), optest.Fix(optest.F(tensor.Shape{2}, 10, 20))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 22, 39.5, 25, 39.5)}},
		optest.Case{Name: "transposed, without a bias", Opset: 13, Attrs: map[string]any{"transA": 1, "transB": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 2}, 1, 1), optest.Fix(optest.F(tensor.Shape{2, 3}, 1, 0, 1, 0, 1, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 6, -2, 8, -2)}},
		optest.Case{Name: "constant on the left, variable bias", Opset: 11, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{2, 3}, 1, 0, 0, 1, 1, -1)), optest.Seq(tensor.Shape{3, 2}, 1, 1), optest.Seq(tensor.Shape{1, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 2, 4, 0, 2)}},
		optest.Case{Name: "constant on the left, transposed", Opset: 11, Attrs: map[string]any{"transA": 1, "transB": 1}, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{3, 2}, 1, 0, 0, 1, 1, -1)), optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 4, 10, -1, -1)}},
		optest.Case{Name: "two variables", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2}, 1, 1), optest.Seq(tensor.Shape{2, 1}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1}, 5)}},
		optest.Case{Name: "no bias before opset 11", Opset: 9, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{3, 2}, 1, 0, 0, 1, 1, -1))}, Err: ops.CodeArity},
		optest.Case{Name: "a bias that does not broadcast", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{3, 2}, 1, 0, 0, 1, 1, -1)), optest.Seq(tensor.Shape{3}, 1, 1)}, Err: ops.CodeShape},
		optest.Case{Name: "a flag of 2", Opset: 13, Attrs: map[string]any{"transA": 2}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.F(tensor.Shape{3, 2}, 1, 0, 0, 1, 1, -1))}, Err: ops.CodeBadAttribute},
	)
}
