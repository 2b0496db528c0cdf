package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("BatchNormalization",
		optest.Case{Name: "opset 7", Opset: 7, Attrs: map[string]any{"epsilon": 0.5, "momentum": 0.9, "spatial": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 2}, 1, 1), optest.Fix(optest.F(tensor.Shape{2}, 2, 1)), optest.Fix(optest.F(tensor.Shape{2}, 10, 20)), optest.Fix(optest.F(tensor.Shape{2}, 1, 2)), optest.Fix(optest.F(tensor.Shape{2}, 3.5, 0.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2}, 10, 11, 21, 22)}},
		optest.Case{Name: "opset 9", Opset: 9, Attrs: map[string]any{"epsilon": 0.5}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 2}, 1, 1), optest.Fix(optest.F(tensor.Shape{2}, 2, 1)), optest.Fix(optest.F(tensor.Shape{2}, 10, 20)), optest.Fix(optest.F(tensor.Shape{2}, 1, 2)), optest.Fix(optest.F(tensor.Shape{2}, 3.5, 0.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2}, 10, 11, 21, 22)}},
		optest.Case{Name: "opset 15", Opset: 15, Attrs: map[string]any{"epsilon": 0.5, "training_mode": 0}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 2}, 1, 1), optest.Fix(optest.F(tensor.Shape{2}, 2, 1)), optest.Fix(optest.F(tensor.Shape{2}, 10, 20)), optest.Fix(optest.F(tensor.Shape{2}, 1, 2)), optest.Fix(optest.F(tensor.Shape{2}, 3.5, 0.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2}, 10, 11, 21, 22)}},
		optest.Case{Name: "training", Opset: 15, Attrs: map[string]any{"training_mode": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 2}, 1, 1), optest.Fix(optest.F(tensor.Shape{2}, 2, 1)), optest.Fix(optest.F(tensor.Shape{2}, 10, 20)), optest.Fix(optest.F(tensor.Shape{2}, 1, 2)), optest.Fix(optest.F(tensor.Shape{2}, 3.5, 0.5))}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "statistics for each element", Opset: 7, Attrs: map[string]any{"spatial": 0}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 2}, 1, 1), optest.Fix(optest.F(tensor.Shape{2}, 2, 1)), optest.Fix(optest.F(tensor.Shape{2}, 10, 20)), optest.Fix(optest.F(tensor.Shape{2}, 1, 2)), optest.Fix(optest.F(tensor.Shape{2}, 3.5, 0.5))}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "statistics for another number of channels", Opset: 15, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 3, 2}, 1, 1), optest.Fix(optest.F(tensor.Shape{2}, 2, 1)), optest.Fix(optest.F(tensor.Shape{2}, 10, 20)), optest.Fix(optest.F(tensor.Shape{2}, 1, 2)), optest.Fix(optest.F(tensor.Shape{2}, 3.5, 0.5))}, Err: ops.CodeShape},
	)
}
