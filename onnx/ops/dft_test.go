package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("DFT",
		optest.Case{Name: "real", Opset: 20, In: []optest.Tensor{optest.F(tensor.Shape{1, 5, 1}, 0.32100001, 0.862999976, -0.586000025, 0.25999999, -0.404000014)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 5, 2}, 0.453999937, 0, 0.726578355, -0.707722247, -0.151078314, -1.54931772, -0.151078314, 1.54931772, 0.726578355, 0.707722247)}},
		optest.Case{Name: "complex along the first axis", Opset: 17, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{optest.F(tensor.Shape{3, 2, 2}, 0.483999997, 0.444000006, -0.563000023, 0.660000026, 0.314999998, 0.365999997, 0.639999986, -0.143000007, 0.51700002, 0.757000029, -0.795000017, 0.699999988)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 2, 2}, 1.31599998, 1.56700003, -0.718000054, 1.21700001, -0.270615965, 0.0574371442, -1.21555936, -0.861246407, 0.406615943, -0.292437166, 0.244559407, 1.62424648)}},
		optest.Case{Name: "one-sided", Opset: 20, Attrs: map[string]any{"onesided": 1}, In: []optest.Tensor{optest.F(tensor.Shape{1, 6, 2, 1}, -0.211999997, -0.0410000011, -0.707000017, 0.397000015, -0.416000009, 0.741999984, -0.449000001, 0.123999998, -0.201000005, 0.225999996, -0.606999993, -0.638999999), optest.Omitted(), optest.Fix(optest.I(nil, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4, 2, 2}, -2.59200001, 0, 0.809000015, 0, -0.111499995, 0.272798032, -0.769999981, -1.34407139, 0.304500014, -0.0995929018, -0.280000001, -0.450333238, 0.934000015, 0, 1.04499996, 0)}},
		optest.Case{Name: "filled up", Opset: 20, In: []optest.Tensor{optest.F(tensor.Shape{1, 4, 2}, 0.493999988, 0.504000008, 0.134000003, 0.842000008, -0.588, 0.702000022, -0.662, 0.92900002), optest.Fix(optest.I(nil, 6))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 6, 2}, -0.621999979, 2.977, 2.85414314, 0.0381755121, 0.180243537, 0.035729669, 0.433999985, -0.564999998, -0.0622435585, 1.28627038, 0.179856747, -0.748175561)}},
		optest.Case{Name: "cut", Opset: 17, Attrs: map[string]any{"inverse": 1}, In: []optest.Tensor{optest.F(tensor.Shape{1, 6, 2}, 0.246999994, 0.214000002, 0.940999985, 0.574000001, 0.579999983, -0.89200002, -0.261000007, -0.829999983, -0.612999976, -0.572000027, 0.717000008, -0.745999992), optest.Fix(optest.I(nil, 4))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4, 2}, 0.376749992, -0.233500004, -0.434249997, 0.577000022, 0.0367500037, -0.105500013, 0.267750025, -0.023999989)}},
		optest.Case{Name: "inverse", Opset: 20, Attrs: map[string]any{"inverse": 1}, In: []optest.Tensor{optest.F(tensor.Shape{2, 4, 2}, -0.405999988, -0.0140000004, 0.699000001, 0.930000007, 0.416000009, -0.573000014, 0.0900000036, 0.412, -0.896000028, 0.360000014, -0.263000011, 0.179000005, 0.338999987, 0.338, 0.0460000001, 0.108999997)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4, 2}, 0.199750006, 0.188749999, -0.335000008, 0.291999996, -0.194750011, -0.482250005, -0.076000005, -0.0124999881, -0.193500012, 0.2465, -0.326250017, -0.0717500001, -0.0850000083, 0.102500007, -0.29124999, 0.0827500075)}},
		optest.Case{Name: "inverse of a one-sided spectrum", Opset: 20, Attrs: map[string]any{"inverse": 1, "onesided": 1}, In: []optest.Tensor{optest.F(tensor.Shape{1, 4, 2}, -0.603999972, -0.00999999978, -0.749000013, -0.0390000008, 0.0719999969, 0.547999978, -0.213, -0.961000025)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 6, 1}, -0.361833334, -0.348935664, 0.146118969, 0.208499998, -0.192785621, -0.0550643429)}},
		optest.Case{Name: "inverse of a one-sided spectrum of odd length", Opset: 20, Attrs: map[string]any{"inverse": 1, "onesided": 1}, In: []optest.Tensor{optest.F(tensor.Shape{1, 3, 2}, 0.0549999997, -0.589999974, 0.48300001, -0.223000005, -0.238999993, 0.819000006), optest.Fix(optest.I(nil, 5))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 5, 1}, 0.108600013, 0.0403199196, 0.189152449, -0.538840711, 0.255768299)}},
		optest.Case{Name: "three parts", Opset: 20, In: []optest.Tensor{optest.F(tensor.Shape{1, 3}, 1, 2, 3)}, Err: ops.CodeShape},
		optest.Case{Name: "a length of zero", Opset: 20, In: []optest.Tensor{optest.F(tensor.Shape{3, 1}, 1, 2, 3), optest.Fix(optest.I(nil, 0))}, Err: ops.CodeShape},
	)
}
