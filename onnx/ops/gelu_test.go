package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Gelu",
		optest.Case{Opset: 20, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.045500264, -0.154268769, 0, 0.149676581, 0.841344746, 2.995950306)}},
		optest.Case{Name: "tanh", Opset: 20, Attrs: map[string]any{"approximate": "tanh"}, In: []optest.Tensor{optest.F(tensor.Shape{6}, -2, -0.5, 0, 0.25, 1, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, -0.045402306, -0.15428599, 0, 0.149675351, 0.841191991, 2.996362608)}},
		optest.Case{Name: "unknown approximation", Opset: 20, Attrs: map[string]any{"approximate": "fast"}, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeBadAttribute},
	)
}
