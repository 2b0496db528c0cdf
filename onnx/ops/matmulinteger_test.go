package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("MatMulInteger",
		optest.Case{Name: "zero points", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{3, 4}, 193, 81, 8, 176, 190, 45, 143, 101, 128, 1, 162, 67),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{4, 2}, 141, 107, 156, 27, 93, 162, 196, 97)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 12)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 5))},
			Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{3, 2}, 66007, 34440, 57718, 47637, 37820, 40200)}},
		optest.Case{Name: "no zero points", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{3, 4}, 6, 185, 129, 167, 40, 110, 226, 222, 80, 161, 21, 207),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4, 2}, -60, -41, 119, 11, 95, -78, 66, 127))},
			Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{3, 2}, 44932, 12936, 46812, 10136, 30016, 23142)}},
		optest.Case{Name: "zero points of columns", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{3, 4}, 19, 62, 37, 65, 79, 18, 229, 65, 235, 195, 44, 178),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4, 2}, 70, -96, -95, -32, -111, -21, -6, 42)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 12)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{2}, 3, -4))},
			Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{3, 2}, -7758, -31, -21314, -7583, -8135, -18548)}},
		optest.Case{Name: "two variables", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{3, 4}, 146, 116, 56, 150, 116, 214, 178, 185, 146, 93, 72, 114),
			optest.Of(tensor.Int8, tensor.Shape{4, 2}, 18, -34, -91, -100, -117, -76, -24, -56),
			optest.Fix(optest.Of(tensor.Uint8, nil, 12))},
			Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{3, 2}, -15512, -26028, -40084, -46040, -14427, -22928)}},
		optest.Case{Name: "variable zero points", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{3, 4}, 45, 80, 182, 80, 235, 147, 35, 248, 225, 198, 40, 202),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4, 2}, 51, 66, 54, 24, -41, 106, 123, 48)),
			optest.Of(tensor.Uint8, nil, 12),
			optest.Of(tensor.Int8, tensor.Shape{2}, 3, -4)},
			Out: []optest.Tensor{optest.Of(tensor.Int32, tensor.Shape{3, 2}, 5732, 26450, 44897, 34192, 41278, 33078)}},
	)
}
