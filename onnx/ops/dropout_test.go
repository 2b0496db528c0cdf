package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Dropout",
		optest.Case{Name: "ratio is an attribute", Opset: 7, Attrs: map[string]any{"ratio": 0.5}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}},
		optest.Case{Name: "ratio is an input", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Number(0.5)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}},
		optest.Case{Name: "mask", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1), optest.B(tensor.Shape{2}, 1, 1)}},
		optest.Case{Name: "mask before opset 10", Opset: 7, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1), optest.F(tensor.Shape{2}, 1, 1)}},
		optest.Case{Name: "training", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.Number(0.5), optest.Fix(optest.B(nil, 1))}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "opset 6", Opset: 6, Attrs: map[string]any{"is_test": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1)}},
	)
}
