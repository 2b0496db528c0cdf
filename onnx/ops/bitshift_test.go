package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("BitShift",
		optest.Case{Name: "left", Opset: 11, Attrs: map[string]any{"direction": "LEFT"}, In: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{3}, 1, 3, 200).Value}, optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{3}, 7, 2, 1).Value}}, Out: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{3}, 128, 12, 144).Value}}},
		optest.Case{Name: "left by a constant", Opset: 11, Attrs: map[string]any{"direction": "LEFT"}, In: []optest.Tensor{optest.Tensor{DType: tensor.Uint16, Value: optest.I(tensor.Shape{3}, 1, 3, 20000).Value}, optest.Fix(optest.Tensor{DType: tensor.Uint16, Value: optest.I(nil, 2).Value})}, Out: []optest.Tensor{optest.Tensor{DType: tensor.Uint16, Value: optest.I(tensor.Shape{3}, 4, 12, 14464).Value}}},
		optest.Case{Name: "right", Opset: 11, Attrs: map[string]any{"direction": "RIGHT"}, In: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{3}, 16, 255, 200).Value}, optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{3}, 1, 4, 0).Value}}, Out: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{3}, 8, 15, 200).Value}}},
		optest.Case{Name: "right by a constant", Opset: 11, Attrs: map[string]any{"direction": "RIGHT"}, In: []optest.Tensor{optest.Tensor{DType: tensor.Uint32, Value: optest.I(tensor.Shape{3}, 16, 255, 7).Value}, optest.Fix(optest.Tensor{DType: tensor.Uint32, Value: optest.I(nil, 3).Value})}, Out: []optest.Tensor{optest.Tensor{DType: tensor.Uint32, Value: optest.I(tensor.Shape{3}, 2, 31, 0).Value}}},
		optest.Case{Name: "signed", Opset: 11, Attrs: map[string]any{"direction": "LEFT"}, In: []optest.Tensor{optest.I(tensor.Shape{1}, 1), optest.I(tensor.Shape{1}, 1)}, Err: ops.CodeType},
		optest.Case{Name: "another direction", Opset: 11, Attrs: map[string]any{"direction": "UP"}, In: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{1}, 1).Value}, optest.Tensor{DType: tensor.Uint8, Value: optest.I(tensor.Shape{1}, 1).Value}}, Err: ops.CodeBadAttribute},
	)
}
