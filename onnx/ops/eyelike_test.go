package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("EyeLike",
		optest.Case{Opset: 9, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 1, 0, 0, 0, 1, 0, 0, 0, 1)}},
		optest.Case{Name: "another diagonal and type", Opset: 22, Attrs: map[string]any{"k": 1, "dtype": 7}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Out: []optest.Tensor{optest.I(tensor.Shape{2, 3}, 0, 1, 0, 0, 0, 1)}},
		optest.Case{Name: "a list", Opset: 9, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1)}, Err: ops.CodeShape},
	)
}
