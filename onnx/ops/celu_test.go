package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Celu",
		optest.Case{Opset: 12, Attrs: map[string]any{"alpha": 2.0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.264241118, -0.442398434, 0, 0.25, 1, 3)}},
		optest.Case{Name: "alpha of zero", Opset: 12, Attrs: map[string]any{"alpha": 0.0}, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeBadAttribute},
	)
}
