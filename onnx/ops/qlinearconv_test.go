package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QLinearConv",
		optest.Case{Name: "bias and padding", Opset: 10, Attrs: map[string]any{"pads": []int{1, 0, 0, 1}}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 2, 3, 3}, 121, 131, 193, 243, 8, 36, 210, 242, 63, 79, 222, 108, 69, 211, 65, 104, 164, 140),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 113)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{2, 2, 2, 2}, -107, -121, 93, 64, 86, 9, 81, -44, -13, 73, -97, -51, -97, -12, 122, -94)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.013000000268220901)),
			optest.Fix(optest.Of(tensor.Int8, nil, 0)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.20999999344348907)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 90)),
			optest.Fix(optest.Of(tensor.Int32, tensor.Shape{2}, 300, -4000))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{1, 2, 3, 3}, 83, 110, 99, 81, 82, 66, 103, 140, 92, 65, 95, 75, 62, 117, 86, 50, 61, 102)}},
		optest.Case{Name: "scales for each channel", Opset: 10, Attrs: map[string]any{"group": 2}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 2, 4}, 98, 103, 231, 52, 128, 67, 5, 192),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 3)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4, 1, 3}, -113, -57, -1, -4, -99, 123, 63, 118, -105, 57, -53, 10)),
			optest.Fix(optest.Of(tensor.Float32, tensor.Shape{4}, 0.009999999776482582, 0.003000000026077032, 0.019999999552965164, 0.0071000000461936)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4}, 0, 0, 0, 0)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.05000000074505806)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 128))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{1, 4, 2}, 61, 31, 149, 108, 250, 3, 139, 143)}},
		optest.Case{Name: "halves to even", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Int8, tensor.Shape{1, 1, 12}, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.5)),
			optest.Fix(optest.Of(tensor.Int8, nil, 0)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{2, 1, 1}, 1, 3)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.5)),
			optest.Fix(optest.Of(tensor.Int8, nil, 0)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.5)),
			optest.Fix(optest.Of(tensor.Int8, nil, 3))},
			Out: []optest.Tensor{optest.Of(tensor.Int8, tensor.Shape{1, 2, 12}, 0, 1, 1, 1, 2, 3, 3, 3, 4, 5, 5, 5, -6, -5, -3, -1, 0, 1, 3, 5, 6, 7, 9, 11)}},
		optest.Case{Name: "unsigned weights", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 1, 3, 3}, 236, 70, 185, 41, 82, 248, 107, 132, 74),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.5)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 9)),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{1, 1, 3, 3}, 29, 108, 159, 116, 198, 92, 156, 197, 234)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.029999999329447746)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 77)),
			optest.Fix(optest.Of(tensor.Float32, nil, 3)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 1))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{1, 1, 1, 1}, 255)}},
		optest.Case{Name: "variable scale", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 1, 3}, 109, 10, 183),
			optest.Of(tensor.Float32, nil, 0.5),
			optest.Fix(optest.Of(tensor.Uint8, nil, 9)),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{1, 1, 3}, 135, 223, 117)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.029999999329447746)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 77)),
			optest.Fix(optest.Of(tensor.Float32, nil, 3)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 1))},
			Err: ops.CodeNotConstant},
	)
}
