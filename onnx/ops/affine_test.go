package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Affine",
		optest.Case{Opset: 7, Attrs: map[string]any{"alpha": 2.0, "beta": -1.0}, In: []optest.Tensor{optest.F(tensor.Shape{3}, 1, -2, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 1, -5, 0)}},
		optest.Case{Name: "two inputs", Opset: 1, In: []optest.Tensor{optest.Seq(tensor.Shape{1}, 0, 1), optest.Seq(tensor.Shape{1}, 0, 1)}, Err: ops.CodeArity},
	)
}
