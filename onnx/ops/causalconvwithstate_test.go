package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("CausalConvWithState",
		optest.Case{Opset: 27, In: []optest.Tensor{optest.F(tensor.Shape{2, 3, 4}, -0.328999996, 0.268000007, 0.136999995, 0.233999997, -0.873000026, -0.550000012, -0.856000006, -0.232999995, -0.0379999988, -0.774999976, 0.335000008, -0.0250000004, 0.00100000005, 0.194999993, 0.870000005, 0.178000003, -0.813000023, -0.707000017, 0.388000011, -0.354999989, 0.510999978, 0.0209999997, -0.240999997, 0.479000002), optest.Fix(optest.F(tensor.Shape{3, 1, 3}, -0.634000003, -0.430000007, -0.416000009, -0.169, 0.81400001, 0.625, 0.643000007, 0.261999995, -0.984000027))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3, 4}, 0.136864007, 0.0299819931, 0.0363539867, -0.326166004, -0.545625031, -1.05437207, -0.835163057, -0.749459028, 0.0373920016, 0.752644002, -0.557124019, -0.385955006, -0.000416000024, -0.0815500021, -0.44640398, -0.571777999, -0.508125007, -1.10365701, -0.195601046, 0.213440016, -0.502824008, 0.113217987, 0.571218967, -0.520974994), optest.F(tensor.Shape{2, 3, 2}, 0.136999995, 0.233999997, -0.856000006, -0.232999995, 0.335000008, -0.0250000004, 0.870000005, 0.178000003, 0.388000011, -0.354999989, -0.240999997, 0.479000002)}},
		optest.Case{Name: "bias, state and gate", Opset: 27, Attrs: map[string]any{"activation": "silu"}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3}, -0.428000003, 0.00400000019, 0.796999991, -0.272000015, 0.101000004, 0.697000027), optest.Fix(optest.F(tensor.Shape{2, 1, 3}, -0.317000002, 0.495999992, 0.189999998, 0.050999999, 0.25999999, -0.0299999993)), optest.Fix(optest.F(tensor.Shape{2}, -0.773999989, 0.79400003)), optest.F(tensor.Shape{1, 2, 2}, 0.93900001, 0.666000009, -0.291999996, 0.268000007)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3}, -0.251073569, -0.27770859, -0.184796005, 0.601596892, 0.495882303, 0.539513111), optest.F(tensor.Shape{1, 2, 2}, 0.00400000019, 0.796999991, 0.101000004, 0.697000027)}},
		optest.Case{Name: "shorter than the kernel", Opset: 27, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1}, 0.541999996, -0.875999987), optest.F(tensor.Shape{2, 1, 4}, 0.578999996, -0.829999983, 0.879999995, -0.51700002, 0.925999999, -0.536000013, 0.0710000023, 0.662999988)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1}, -0.280214012, -0.580787957), optest.F(tensor.Shape{1, 2, 3}, 0, 0, 0.541999996, 0, 0, -0.875999987)}},
		optest.Case{Name: "a kernel of one", Opset: 27, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3}, 0.975000024, 0.411000013, 0.66900003, -0.216000006, 0.500999987, -0.231000006), optest.Fix(optest.F(tensor.Shape{2, 1, 1}, 0.860000014, 0.546999991))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3}, 0.838500023, 0.353460014, 0.575340033, -0.118152, 0.274046987, -0.126357004)}},
		optest.Case{Name: "another activation", Opset: 27, Attrs: map[string]any{"activation": "relu"}, In: []optest.Tensor{optest.F(tensor.Shape{1, 1, 1}, 1), optest.F(tensor.Shape{1, 1, 1}, 1)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "another number of channels", Opset: 27, In: []optest.Tensor{optest.F(tensor.Shape{1, 1, 1}, 1), optest.F(tensor.Shape{2, 1, 1}, 1, 2)}, Err: ops.CodeShape},
	)
}
