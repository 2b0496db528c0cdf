package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("LeakyRelu",
		optest.Case{Opset: 16, Attrs: map[string]any{"alpha": 0.25}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.5, -0.125, 0, 0.25, 1, 3)}},
		optest.Case{Name: "default slope", Opset: 7, In: []optest.Tensor{optest.F(tensor.Shape{6}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, -0.02, -0.005, 0, 0.25, 1, 3)}},
		optest.Case{Name: "alpha of the wrong type", Opset: 16, Attrs: map[string]any{"alpha": 1}, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeBadAttribute},
	)
}
