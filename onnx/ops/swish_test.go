package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Swish",
		optest.Case{Name: "default", Opset: 24, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.238405868, -0.188770339, 0, 0.140544131, 0.731058598, 2.85772252)}},
		optest.Case{Name: "alpha", Opset: 24, Attrs: map[string]any{"alpha": 2.0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.0359724201, -0.134470701, 0, 0.155614838, 0.880797029, 2.99258232)}},
		optest.Case{Name: "before it existed", Opset: 18, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Err: ops.CodeUnsupportedOp},
	)
}
