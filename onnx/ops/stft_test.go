package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("STFT",
		optest.Case{Opset: 17, In: []optest.Tensor{optest.F(tensor.Shape{1, 10, 1}, -0.214000002, -0.301999986, -0.30399999, -0.0379999988, -0.813000023, 0.0930000022, 0.842999995, 0.126000002, 0.488000005, 0.893999994), optest.Fix(optest.I(nil, 3)), optest.Omitted(), optest.Fix(optest.I(nil, 4))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 3, 3, 2}, -0.85799998, 0, 0.0899999887, 0.263999999, -0.178000003, 0, 0.0849999785, 0, -0.130999997, 1.65600002, 0.025000032, 0, 2.35100007, 0, 0.354999989, 0.768000007, 0.31099999, 0)}},
		optest.Case{Name: "a window", Opset: 17, Attrs: map[string]any{"onesided": 0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 9, 1}, 0.684000015, 0.488000005, 0.625999987, 0.639999986, -0.492000014, -0.0359999985, -0.314999998, -0.476999998, 0.143000007, -0.363999993, 0.237000003, 0.165000007, -0.791000009, -0.115000002, -0.219999999, 0.412999988, -0.824000001, -0.662), optest.Fix(optest.I(nil, 4)), optest.Fix(optest.F(tensor.Shape{4}, 0.25, 1, 1, 0.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2, 4, 2}, 1.60500002, 0, -0.454999983, -0.168000013, -0.0110000074, 0, -0.454999983, 0.168000013, -0.712499976, 0, 0.192000002, -0.202500001, -0.163500011, 0, 0.192000002, 0.202500001, -0.0844999924, 0, -0.256000012, -0.632499993, 0.232500017, 0, -0.256000012, 0.632499993, -0.247750014, 0, -0.44174999, -0.192000002, 1.01625001, 0, -0.44174999, 0.192000002)}},
		optest.Case{Name: "a step of zero", Opset: 17, In: []optest.Tensor{optest.F(tensor.Shape{1, 3, 1}, 1, 2, 3), optest.Fix(optest.I(nil, 0)), optest.Omitted(), optest.Fix(optest.I(nil, 2))}, Err: ops.CodeShape},
	)
}
