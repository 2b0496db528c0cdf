package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QLinearMatMul",
		optest.Case{Name: "constant", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{3, 4}, 94, 15, 117, 164, 197, 218, 55, 151, 205, 66, 88, 215),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 113)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4, 2}, 20, 2, 44, 2, 123, 64, -115, -91)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.013000000268220901)),
			optest.Fix(optest.Of(tensor.Int8, nil, 5)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.07000000029802322)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 90))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{3, 2}, 54, 74, 68, 62, 32, 48)}},
		optest.Case{Name: "columns", Opset: 21, In: []optest.Tensor{
			optest.Of(tensor.Int8, tensor.Shape{3, 4}, 11, 81, -111, 46, 66, 73, 95, -79, 14, 77, -37, -80),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Int8, nil, -7)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4, 2}, -6, -108, -72, 90, 42, 92, 87, 96)),
			optest.Fix(optest.Of(tensor.Float32, tensor.Shape{2}, 0.013000000268220901, 0.4000000059604645)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{2}, 5, 0)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.8999999761581421)),
			optest.Fix(optest.Of(tensor.Int8, nil, 9))},
			Out: []optest.Tensor{optest.Of(tensor.Int8, tensor.Shape{3, 2}, 7, 22, 6, 25, 5, -31)}},
		optest.Case{Name: "two variables", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{2, 3, 4}, 79, 120, 158, 70, 235, 1, 214, 165, 64, 184, 105, 213, 255, 72, 120, 55, 177, 163, 216, 206, 250, 246, 229, 38),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 113)),
			optest.Of(tensor.Uint8, tensor.Shape{2, 4, 2}, 10, 123, 88, 229, 204, 108, 147, 150, 228, 6, 125, 172, 115, 235, 243, 211),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.013000000268220901)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 50)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.07000000029802322)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 90))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{2, 3, 2}, 106, 79, 133, 90, 139, 159, 133, 18, 238, 229, 192, 163)}},
		optest.Case{Name: "halves to even", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Int8, tensor.Shape{6, 1}, 0, 1, 2, 3, 4, 5),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.5)),
			optest.Fix(optest.Of(tensor.Int8, nil, 0)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{1, 2}, 1, 3)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.5)),
			optest.Fix(optest.Of(tensor.Int8, nil, 0)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.5)),
			optest.Fix(optest.Of(tensor.Int8, nil, 1))},
			Out: []optest.Tensor{optest.Of(tensor.Int8, tensor.Shape{6, 2}, 1, 1, 1, 3, 2, 4, 3, 5, 3, 7, 3, 9)}},
		optest.Case{Name: "scales that do not fit", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{3, 4}, 118, 226, 18, 169, 68, 62, 173, 196, 227, 54, 223, 212),
			optest.Fix(optest.Of(tensor.Float32, tensor.Shape{2}, 1, 1)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 113)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4, 2}, -48, -112, 69, 83, -11, -86, -91, -32)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.013000000268220901)),
			optest.Fix(optest.Of(tensor.Int8, nil, 5)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.07000000029802322)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 90))},
			Err: ops.CodeShape},
	)
}
