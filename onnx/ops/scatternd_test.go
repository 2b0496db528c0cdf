package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ScatterND",
		optest.Case{Name: "rows", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 1}, 1, -1)), optest.F(tensor.Shape{2, 2}, 3, -2, 5, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 2, 5, 0.5)}},
		optest.Case{Name: "add", Opset: 16, Attrs: map[string]any{"reduction": "add"}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 1}, 1, -1)), optest.F(tensor.Shape{2, 2}, 3, -2, 5, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 2, 11, 2.5)}},
		optest.Case{Name: "mul", Opset: 16, Attrs: map[string]any{"reduction": "mul"}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 1}, 1, -1)), optest.F(tensor.Shape{2, 2}, 3, -2, 5, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 2, 45, -4)}},
		optest.Case{Name: "none", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 1}, 1, -1)), optest.F(tensor.Shape{2, 2}, 3, -2, 5, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 2, 5, 0.5)}},
		optest.Case{Name: "max", Opset: 18, Attrs: map[string]any{"reduction": "max"}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 1}, 1, -1)), optest.F(tensor.Shape{2, 2}, 3, -2, 5, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 2, 5, 4)}},
		optest.Case{Name: "min", Opset: 18, Attrs: map[string]any{"reduction": "min"}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 1}, 1, -1)), optest.F(tensor.Shape{2, 2}, 3, -2, 5, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 2, 3, -2)}},
		optest.Case{Name: "elements", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.Fix(optest.I(tensor.Shape{2, 2}, 0, 1, 1, 0)), optest.F(tensor.Shape{2}, 7, 8)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 7, 8, 4)}},
		optest.Case{Name: "variable indices", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.I(tensor.Shape{1, 1}, 1), optest.F(tensor.Shape{1}, 9)}, Err: ops.CodeNotConstant},
		optest.Case{Name: "updates of another shape", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 1}, 1)), optest.F(tensor.Shape{2}, 9, 9)}, Err: ops.CodeShape},
	)
}
