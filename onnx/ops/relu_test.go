package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Relu",
		optest.Case{Opset: 14, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0, 0, 0, 0.25, 1, 3)}},
		optest.Case{Name: "unknown attribute", Opset: 14, Attrs: map[string]any{"alpha": 1.0}, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "two inputs", Opset: 14, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2), optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeArity},
	)
}
