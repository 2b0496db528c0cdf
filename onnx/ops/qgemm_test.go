package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QGemm",
		optest.Case{Name: "quantized", Domain: ops.DomainMicrosoft, Opset: 1, Attrs: map[string]any{"transB": 1, "alpha": 1.0}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{2, 3}, 175, 202, 143, 154, 75, 220),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 20)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4, 3}, -81, 59, -106, 26, -64, -55, -40, 72, 74, -64, 9, -109)),
			optest.Fix(optest.Of(tensor.Float32, tensor.Shape{4}, 0.029999999329447746, 0.009999999776482582, 0.019999999552965164, 0.05000000074505806)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{4}, 0, 0, 0, 0)),
			optest.Fix(optest.Of(tensor.Int32, tensor.Shape{4}, 100, -2000, 30, 7)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.10000000149011612)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 100))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{2, 4}, 11, 67, 164, 0, 0, 74, 154, 0)}},
		optest.Case{Name: "reals", Domain: ops.DomainMicrosoft, Opset: 1, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{2, 3}, 227, 246, 92, 138, 137, 198),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.019999999552965164)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 20)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{3, 4}, -111, 7, 87, 28, 14, -120, 108, -81, -39, 44, -10, 18)),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.029999999329447746)),
			optest.Fix(optest.Of(tensor.Int8, nil, 4)),
			optest.Fix(optest.Of(tensor.Int32, tensor.Shape{4}, 100, -2000, 30, 7))},
			Out: []optest.Tensor{optest.Of(tensor.Float32, tensor.Shape{2, 4}, -14.72459888458252, -15.913799285888672, 23.824199676513672, -7.93619966506958, -11.972399711608887, -5.4203996658325195, 11.699999809265137, -2.768399953842163)}},
	)
}
