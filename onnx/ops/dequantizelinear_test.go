package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("DequantizeLinear",
		optest.Case{Name: "uint8", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{6}, 0, 1, 127, 128, 200, 255),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.30000001192092896)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 128))},
			Out: []optest.Tensor{optest.Of(tensor.Float32, tensor.Shape{6}, -38.400001525878906, -38.10000228881836, -0.30000001192092896, 0, 21.600000381469727, 38.10000228881836)}},
		optest.Case{Name: "int8 without zero point", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Int8, tensor.Shape{3}, -128, 0, 127),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.009999999776482582))},
			Out: []optest.Tensor{optest.Of(tensor.Float32, tensor.Shape{3}, -1.2799999713897705, 0, 1.2699999809265137)}},
		optest.Case{Name: "axis", Opset: 13, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{
			optest.Of(tensor.Int8, tensor.Shape{2, 3}, 0, 1, 2, 3, 4, 5),
			optest.Fix(optest.Of(tensor.Float32, tensor.Shape{2}, 0.5, 0.10000000149011612)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{2}, 3, -2))},
			Out: []optest.Tensor{optest.Of(tensor.Float32, tensor.Shape{2, 3}, -1.5, -1, -0.5, 0.5, 0.6000000238418579, 0.699999988079071)}},
		optest.Case{Name: "int32", Opset: 13, In: []optest.Tensor{
			optest.Of(tensor.Int32, tensor.Shape{2}, -70000, 5),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.0010000000474974513))},
			Out: []optest.Tensor{optest.Of(tensor.Float32, tensor.Shape{2}, -70, 0.005000000353902578)}},
		optest.Case{Name: "blocks", Opset: 21, Attrs: map[string]any{"axis": 1, "block_size": 2}, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{2, 4}, 0, 9, 18, 27, 36, 45, 54, 63),
			optest.Fix(optest.Of(tensor.Float32, tensor.Shape{2, 2}, 2, 3, 4, 0.5)),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{2, 2}, 0, 1, 2, 3))},
			Out: []optest.Tensor{optest.Of(tensor.Float32, tensor.Shape{2, 4}, 0, 18, 51, 78, 136, 172, 25.5, 30)}},
		optest.Case{Name: "com.microsoft", Domain: ops.DomainMicrosoft, Opset: 1, In: []optest.Tensor{
			optest.Of(tensor.Uint16, tensor.Shape{2}, 400, 70),
			optest.Fix(optest.Of(tensor.Float32, nil, 2)),
			optest.Fix(optest.Of(tensor.Uint16, nil, 9))},
			Out: []optest.Tensor{optest.Of(tensor.Float32, tensor.Shape{2}, 782, 122)}},
		optest.Case{Name: "zero point of another type", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Uint8, tensor.Shape{6}, 0, 1, 127, 128, 200, 255),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.30000001192092896)),
			optest.Fix(optest.Of(tensor.Int8, nil, 1))},
			Err: ops.CodeType},
	)
}
