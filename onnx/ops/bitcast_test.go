package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("BitCast",
		optest.Case{Name: "signed from unsigned", Opset: 26, Attrs: map[string]any{"to": 3}, In: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{5}, 0, 1, 127, 128, 255)}, Out: []optest.Tensor{optest.Of(tensor.Int8, tensor.Shape{5}, 0, 1, 127, -128, -1)}},
		optest.Case{Name: "unsigned from signed", Opset: 26, Attrs: map[string]any{"to": 4}, In: []optest.Tensor{optest.Of(tensor.Int16, tensor.Shape{5}, 0, 1, -1, -32768, 300)}, Out: []optest.Tensor{optest.Of(tensor.Uint16, tensor.Shape{5}, 0, 1, 65535, 32768, 300)}},
		optest.Case{Name: "of 32 bits", Opset: 26, Attrs: map[string]any{"to": 12}, In: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{3}, 5, -7, 2147483647)}, Out: []optest.Tensor{optest.Of(tensor.Uint32, tensor.Shape{3}, 5, 4294967289, 2147483647)}},
		optest.Case{Name: "truth values", Opset: 26, Attrs: map[string]any{"to": 2}, In: []optest.Tensor{optest.Of(tensor.Bool, tensor.Shape{2}, 1, 0)}, Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{2}, 1, 0)}},
		optest.Case{Name: "bits of constant reals", Opset: 26, Attrs: map[string]any{"to": 6}, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{3}, 1, -2.5, 0))}, Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{3}, 1065353216, -1071644672, 0)}},
		optest.Case{Name: "reals of constant bits", Opset: 26, Attrs: map[string]any{"to": 1}, In: []optest.Tensor{optest.Fix(optest.Of(tensor.Int32, tensor.Shape{2}, 1065353216, -1071644672))}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, -2.5)}},
		optest.Case{Name: "long reals", Opset: 26, Attrs: map[string]any{"to": 11}, In: []optest.Tensor{optest.Fix(optest.I(tensor.Shape{1}, 4607182418800017408))}, Out: []optest.Tensor{optest.Of(tensor.Float64, tensor.Shape{1}, 1)}},
		optest.Case{Name: "another width", Opset: 26, Attrs: map[string]any{"to": 7}, In: []optest.Tensor{optest.F(nil, 1)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "bits of a variable real", Opset: 26, Attrs: map[string]any{"to": 6}, In: []optest.Tensor{optest.F(nil, 1)}, Err: ops.CodeNotConstant},
	)
}
