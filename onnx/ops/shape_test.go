package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Shape",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3, 4}, 1, 1)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 2, 3, 4)}},
		optest.Case{Name: "start and end", Opset: 15, Attrs: map[string]any{"start": 1, "end": -1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3, 4}, 1, 1)}, Out: []optest.Tensor{optest.I(tensor.Shape{1}, 3)}},
		optest.Case{Name: "start before opset 15", Opset: 13, Attrs: map[string]any{"start": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Err: ops.CodeBadAttribute},
	)
}
