package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Gather",
		optest.Case{Opset: 13, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(2, 0)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 3, 1, 6, 4)}},
		optest.Case{Name: "a scalar from the end", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Fix(optest.I(nil, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 4, 5, 6)}},
		optest.Case{Name: "beyond the axis", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(2)}, Err: ops.CodeShape},
		optest.Case{Name: "variable indices", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.I(tensor.Shape{1}, 0)}, Err: ops.CodeNotConstant},
		optest.Case{Name: "negative before opset 11", Opset: 10, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(-1)}, Err: ops.CodeShape},
	)
}
