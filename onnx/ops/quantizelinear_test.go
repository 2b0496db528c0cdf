package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("QuantizeLinear",
		optest.Case{Name: "uint8", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Float32, tensor.Shape{7}, -3.299999952316284, -1, 0.4000000059604645, 0.8999999761581421, 2.200000047683716, 70, -90),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.25)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 3))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{7}, 0, 0, 5, 7, 12, 255, 0)}},
		optest.Case{Name: "halves to even", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Int32, tensor.Shape{9}, -5, -3, -1, 1, 3, 5, 7, 1000, -1000),
			optest.Fix(optest.Of(tensor.Float32, nil, 2)),
			optest.Fix(optest.Of(tensor.Int8, nil, 1))},
			Out: []optest.Tensor{optest.Of(tensor.Int8, tensor.Shape{9}, -1, -1, 1, 1, 3, 3, 5, 127, -128)}},
		optest.Case{Name: "no zero point", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Float32, tensor.Shape{7}, -3.299999952316284, -1, 0.4000000059604645, 0.8999999761581421, 2.200000047683716, 70, -90),
			optest.Fix(optest.Of(tensor.Float32, nil, 0.30000001192092896))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{7}, 0, 0, 1, 3, 7, 233, 0)}},
		optest.Case{Name: "axis", Opset: 13, Attrs: map[string]any{"axis": -1}, In: []optest.Tensor{
			optest.Of(tensor.Int32, tensor.Shape{2, 3}, -9, -2, 5, 12, 19, 26),
			optest.Fix(optest.Of(tensor.Float32, tensor.Shape{3}, 0.5, 2, 1.5)),
			optest.Fix(optest.Of(tensor.Int8, tensor.Shape{3}, 0, -3, 4))},
			Out: []optest.Tensor{optest.Of(tensor.Int8, tensor.Shape{2, 3}, -18, -4, 7, 24, 7, 21)}},
		optest.Case{Name: "int16", Opset: 21, In: []optest.Tensor{
			optest.Of(tensor.Int32, tensor.Shape{3}, -300, 7, 800001),
			optest.Fix(optest.Of(tensor.Float32, nil, 1.5)),
			optest.Fix(optest.Of(tensor.Int16, nil, 5))},
			Out: []optest.Tensor{optest.Of(tensor.Int16, tensor.Shape{3}, -195, 10, 32767)}},
		optest.Case{Name: "blocks", Opset: 21, Attrs: map[string]any{"axis": 1, "block_size": 2}, In: []optest.Tensor{
			optest.Of(tensor.Int32, tensor.Shape{2, 4}, -11, -6, -1, 4, 9, 14, 19, 24),
			optest.Fix(optest.Of(tensor.Float32, tensor.Shape{2, 2}, 2, 3, 4, 0.5)),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{2, 2}, 0, 1, 2, 3))},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{2, 4}, 0, 0, 1, 2, 4, 6, 41, 51)}},
		optest.Case{Name: "saturate", Opset: 19, Attrs: map[string]any{"saturate": 1}, In: []optest.Tensor{
			optest.Of(tensor.Int32, tensor.Shape{2}, 4, -7),
			optest.Fix(optest.Of(tensor.Float32, nil, 2)),
			optest.Fix(optest.Of(tensor.Int8, nil, 0))},
			Out: []optest.Tensor{optest.Of(tensor.Int8, tensor.Shape{2}, 2, -4)}},
		optest.Case{Name: "output_dtype", Opset: 21, Attrs: map[string]any{"output_dtype": 5}, In: []optest.Tensor{
			optest.Of(tensor.Int32, tensor.Shape{2}, 4, -7),
			optest.Fix(optest.Of(tensor.Float32, nil, 2))},
			Out: []optest.Tensor{optest.Of(tensor.Int16, tensor.Shape{2}, 2, -4)}},
		optest.Case{Name: "com.microsoft", Domain: ops.DomainMicrosoft, Opset: 1, In: []optest.Tensor{
			optest.Of(tensor.Float32, tensor.Shape{2}, 400, -70000),
			optest.Fix(optest.Of(tensor.Float32, nil, 2)),
			optest.Fix(optest.Of(tensor.Uint16, nil, 9))},
			Out: []optest.Tensor{optest.Of(tensor.Uint16, tensor.Shape{2}, 209, 0)}, Tol: 1e-4},
		optest.Case{Name: "variable scale", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Float32, tensor.Shape{7}, -3.299999952316284, -1, 0.4000000059604645, 0.8999999761581421, 2.200000047683716, 70, -90),
			optest.Of(tensor.Float32, nil, 0.25),
			optest.Fix(optest.Of(tensor.Uint8, nil, 3))},
			Err: ops.CodeNotConstant},
		optest.Case{Name: "scale of zero", Opset: 10, In: []optest.Tensor{
			optest.Of(tensor.Float32, tensor.Shape{7}, -3.299999952316284, -1, 0.4000000059604645, 0.8999999761581421, 2.200000047683716, 70, -90),
			optest.Fix(optest.Of(tensor.Float32, nil, 0)),
			optest.Fix(optest.Of(tensor.Uint8, nil, 3))},
			Err: ops.CodeType},
		optest.Case{Name: "scales that do not fit", Opset: 13, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{
			optest.Of(tensor.Float32, tensor.Shape{7}, -3.299999952316284, -1, 0.4000000059604645, 0.8999999761581421, 2.200000047683716, 70, -90),
			optest.Fix(optest.Of(tensor.Float32, tensor.Shape{3}, 1, 1, 1)),
			optest.Fix(optest.Of(tensor.Uint8, tensor.Shape{3}, 0, 0, 0))},
			Err: ops.CodeShape},
	)
}
