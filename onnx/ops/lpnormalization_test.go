package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("LpNormalization",
		optest.Case{Name: "default", Opset: 1, In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 3, -4, 0, 0, 0, 0, 1, 2, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.600000024, -0.800000012, 0, 0, 0, 0, 0.333333343, 0.666666687, -0.666666687)}},
		optest.Case{Name: "sum of magnitudes", Opset: 22, Attrs: map[string]any{"p": 1, "axis": 0}, In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 3, -4, 0, 0, 0, 0, 1, 2, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.75, -0.666666687, 0, 0, 0, 0, 0.25, 0.333333343, -1)}},
		optest.Case{Name: "third order", Opset: 22, Attrs: map[string]any{"p": 3}, In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 3, -4, 0, 0, 0, 0, 1, 2, -2)}, Err: ops.CodeBadAttribute},
	)
}
