package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("CumSum",
		optest.Case{Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.I(nil, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 3, 6, 4, 9, 15)}},
		optest.Case{Name: "exclusive", Opset: 14, Attrs: map[string]any{"exclusive": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.I(nil, 0))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0, 0, 0, 1, 2, 3)}},
		optest.Case{Name: "from the end", Opset: 14, Attrs: map[string]any{"reverse": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.Fix(optest.I(nil, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 6, 5, 3)}},
		optest.Case{Name: "exclusive from the end", Opset: 14, Attrs: map[string]any{"reverse": 1, "exclusive": 1}, In: []optest.Tensor{optest.I(tensor.Shape{3}, 1, 2, -3), optest.Fix(optest.I(nil, 0))}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, -1, -3, 0)}},
		optest.Case{Name: "beyond the axes", Opset: 14, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.Fix(optest.I(nil, 1))}, Err: ops.CodeShape},
		optest.Case{Name: "a variable axis", Opset: 14, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.I(nil, 0)}, Err: ops.CodeNotConstant},
	)
}
