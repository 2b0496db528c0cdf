package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ScatterElements",
		optest.Case{Name: "the last wins", Opset: 11, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 4}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 3}, 1, -1, 1)), optest.F(tensor.Shape{1, 3}, 3, -2, 2.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4}, 1, 2.5, 3, -2)}},
		optest.Case{Name: "none", Opset: 16, Attrs: map[string]any{"axis": 1, "reduction": "none"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 4}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 3}, 1, -1, 1)), optest.F(tensor.Shape{1, 3}, 3, -2, 2.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4}, 1, 2.5, 3, -2)}},
		optest.Case{Name: "add", Opset: 16, Attrs: map[string]any{"axis": 1, "reduction": "add"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 4}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 3}, 1, -1, 1)), optest.F(tensor.Shape{1, 3}, 3, -2, 2.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4}, 1, 7.5, 3, 2)}},
		optest.Case{Name: "mul", Opset: 16, Attrs: map[string]any{"axis": 1, "reduction": "mul"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 4}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 3}, 1, -1, 1)), optest.F(tensor.Shape{1, 3}, 3, -2, 2.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4}, 1, 15, 3, -8)}},
		optest.Case{Name: "add of opset 18", Opset: 18, Attrs: map[string]any{"axis": 1, "reduction": "add"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 4}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 3}, 1, -1, 1)), optest.F(tensor.Shape{1, 3}, 3, -2, 2.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4}, 1, 7.5, 3, 2)}},
		optest.Case{Name: "min", Opset: 18, Attrs: map[string]any{"axis": 1, "reduction": "min"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 4}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 3}, 1, -1, 1)), optest.F(tensor.Shape{1, 3}, 3, -2, 2.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4}, 1, 2, 3, -2)}},
		optest.Case{Name: "max", Opset: 18, Attrs: map[string]any{"axis": 1, "reduction": "max"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 4}, 1, 1), optest.Fix(optest.I(tensor.Shape{1, 3}, 1, -1, 1)), optest.F(tensor.Shape{1, 3}, 3, -2, 2.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4}, 1, 3, 3, 4)}},
		optest.Case{Name: "max before opset 18", Opset: 16, Attrs: map[string]any{"reduction": "max"}, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.List(1), optest.F(tensor.Shape{1}, 9)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "variable indices", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.I(tensor.Shape{1}, 1), optest.F(tensor.Shape{1}, 9)}, Err: ops.CodeNotConstant},
		optest.Case{Name: "beyond the axis", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.List(4), optest.F(tensor.Shape{1}, 9)}, Err: ops.CodeShape},
		optest.Case{Name: "two shapes", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.List(1, 2), optest.F(tensor.Shape{1}, 9)}, Err: ops.CodeShape},
	)
}
