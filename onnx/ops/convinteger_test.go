package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("ConvInteger",
		optest.Case{Name: "zero points", Opset: 10, Attrs: map[string]any{"pads": []int{1, 1, 0, 0}}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 1, 3, 3}, 91, 128, 143, 19, 22, 125, 143, 54, 67),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{2, 1, 2, 2}, 33, 234, 129, 70, 200, 245, 75, 229)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 7)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 5))},
			Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{1, 2, 3, 3}, 5460, 18281, 23844, 20016, 32524, 44062, 11588, 23690, 37170, 18816, 32984, 38934, 22848, 49620, 83717, 33344, 25988, 47975)}},
		optest.Case{Name: "no zero points", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{1, 2, 3, 3}, 196, 203, 134, 233, 38, 22, 247, 125, 102, 186, 75, 163, 216, 205, 31, 248, 187, 178),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{2, 2, 2, 2}, 48, 236, 100, 240, 59, 23, 215, 149, 99, 249, 249, 2, 160, 206, 177, 153))},
			Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{1, 2, 2, 2}, 179420, 107316, 173494, 123531, 242851, 149575, 243579, 140088)}},
	)
}
