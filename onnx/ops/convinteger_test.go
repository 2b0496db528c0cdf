package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ConvInteger",
		optest.Case{Name: "zero points", Opset: 10, Attrs: map[string]any{"pads": []int{1, 1, 0, 0}}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 1, 3, 3}, 91, 128, 143, 19, 22, 125, 143, 54, 67),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{2, 1, 2, 2}, 33, 234, 129, 70, 200, 245, 75, 229)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 7)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 5))},
			Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{1, 2, 3, 3}, 5460, 18281, 23844, 20016, 32524, 44062, 11588, 23690, 37170, 18816, 32984, 38934, 22848, 49620, 83717, 33344, 25988, 47975)}},
		optest.Case{Name: "variable zero point", Opset: 10, Attrs: map[string]any{"pads": []int{1, 1, 0, 0}}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 1, 3, 3}, 196, 203, 134, 233, 38, 22, 247, 125, 102),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{2, 1, 2, 2}, 58, -53, 35, 88, 77, -97, 120, 59)),
			optest.Of(tensor.Uint8, nil, 7)},
			Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{1, 2, 3, 3}, 16632, 23863, 18036, 9871, 11212, 7042, 9142, 30249, 13493, 11151, 34244, 31013, -4999, 24490, 7378, -7762, 50157, 20697)}},
		optest.Case{Name: "two variables", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 1, 3, 3}, 178, 48, 236, 100, 240, 59, 23, 215, 149),
			optest.Of(tensor.Uint8, tensor.Shape{2, 1, 2, 2}, 99, 249, 249, 2, 160, 206, 177, 153),
			optest.Fix(optest.Of(tensor.Uint8, nil, 7)),
			optest.Of(tensor.Uint8, nil, 5)},
			Err: ops.CodeNotConstant},
		optest.Case{Name: "variable zero point of the weights", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 1, 2, 2}, 178, 48, 236, 100),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{1, 1, 1, 1}, 99)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 7)),
			optest.Of(tensor.Uint8, nil, 5)},
			Err: ops.CodeNotConstant},
		optest.Case{Name: "no zero points", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 2, 3, 3}, 133, 136, 79, 36, 101, 178, 240, 246, 51, 7, 252, 171, 194, 208, 92, 221, 164, 164),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{2, 2, 2, 2}, 97, 87, 97, 182, 128, 5, 4, 49, 126, 153, 248, 199, 73, 131, 191, 226))},
			Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{1, 2, 2, 2}, 59731, 100709, 115123, 94203, 184178, 191010, 249148, 206741)}},
	)
}
