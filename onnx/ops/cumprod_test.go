package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	x := optest.F(tensor.Shape{2, 3}, 1, 2, 3, -4, 0.5, 2)
	optest.Register("CumProd",
		optest.Case{Opset: 26, In: []optest.Tensor{x, optest.Fix(optest.I(nil, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 6, -4, -2, -4)}},
		optest.Case{Name: "exclusive", Opset: 26, Attrs: map[string]any{"exclusive": 1}, In: []optest.Tensor{x, optest.Fix(optest.I(nil, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 1, 2, 1, -4, -2)}},
		optest.Case{Name: "from the end", Opset: 26, Attrs: map[string]any{"reverse": 1}, In: []optest.Tensor{x, optest.Fix(optest.I(nil, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 6, 6, 3, -4, 1, 2)}},
		optest.Case{Name: "exclusive from the end", Opset: 26, Attrs: map[string]any{"reverse": 1, "exclusive": 1}, In: []optest.Tensor{x, optest.Fix(optest.I(nil, 0))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -4, 0.5, 2, 1, 1, 1)}},
		optest.Case{Name: "integers", Opset: 26, In: []optest.Tensor{optest.I(tensor.Shape{3}, 7, -11, 13), optest.Fix(optest.I(nil, 0))}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 7, -77, -1001)}},
		optest.Case{Name: "a variable axis", Opset: 26, In: []optest.Tensor{x, optest.I(nil, 0)}, Err: ops.CodeNotConstant},
	)
}
