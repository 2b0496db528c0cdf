package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Clip",
		optest.Case{Name: "bounds are attributes", Opset: 7, Attrs: map[string]any{"min": -1.0, "max": 1.0}, In: []optest.Tensor{optest.F(tensor.Shape{6}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, -1, -0.5, 0, 0.25, 1, 1)}},
		optest.Case{Name: "bounds are inputs", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{6}, -2, -0.5, 0, 0.25, 1, 3), optest.Number(-1), optest.Number(0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, -1, -0.5, 0, 0.25, 0.5, 0.5)}},
		optest.Case{Name: "upper bound only", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{6}, -2, -0.5, 0, 0.25, 1, 3), optest.Omitted(), optest.Number(0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, -2, -0.5, 0, 0.25, 0.5, 0.5)}},
		optest.Case{Name: "variable bound", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{6}, -2, -0.5, 0, 0.25, 1, 3), optest.F(nil, -1)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, -1, -0.5, 0, 0.25, 1, 3)}},
		optest.Case{Name: "attribute of the earlier form", Opset: 13, Attrs: map[string]any{"min": -1.0}, In: []optest.Tensor{optest.F(tensor.Shape{6}, -2, -0.5, 0, 0.25, 1, 3), optest.Number(-1)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "an upper bound that varies", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{3}, -2, -0.5, 3), optest.Omitted(), optest.F(nil, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, -2, -0.5, 0.5)}},
		optest.Case{Name: "bounds of another type", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{3}, -2, -0.5, 3), optest.I(nil, 1)}, Err: ops.CodeShape},
	)
}
