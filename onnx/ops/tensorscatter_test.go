package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("TensorScatter",
		optest.Case{Opset: 24, In: []optest.Tensor{optest.F(tensor.Shape{2, 4, 2}, 0.885999978, 0.023, 0.952000022, -0.838, 0.215000004, -0.246999994, 0.603999972, -0.651000023, 0.742999971, 0.0879999995, 0.80400002, -0.0460000001, -0.138999999, 0.578000009, 0.967999995, -0.261000007), optest.F(tensor.Shape{2, 2, 2}, 0.938000023, 0.85799998, -0.644999981, 0.217999995, 0.409999996, 0.885999978, 0.331, -0.73299998), optest.Fix(optest.I(tensor.Shape{2}, 1, 2))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4, 2}, 0.885999978, 0.023, 0.938000023, 0.85799998, -0.644999981, 0.217999995, 0.603999972, -0.651000023, 0.742999971, 0.0879999995, 0.80400002, -0.0460000001, 0.409999996, 0.885999978, 0.331, -0.73299998)}},
		optest.Case{Name: "from the start", Opset: 24, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3, 2}, -0.00400000019, -0.0130000003, 0, 0.916999996, -0.300000012, -0.551999986, 0.0439999998, 0.282000005, 0.878000021, 0.164000005, -0.463999987, 0.860000014), optest.F(tensor.Shape{1, 2, 2, 2}, -0.0170000009, 0.351999998, -0.0480000004, -0.565999985, 0.38499999, 0.541000009, -0.617999971, -0.0799999982)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3, 2}, -0.0170000009, 0.351999998, -0.0480000004, -0.565999985, -0.300000012, -0.551999986, 0.38499999, 0.541000009, -0.617999971, -0.0799999982, -0.463999987, 0.860000014)}},
		optest.Case{Name: "circular", Opset: 24, Attrs: map[string]any{"mode": "circular"}, In: []optest.Tensor{optest.F(tensor.Shape{2, 3, 2}, -0.275999993, -0.658999979, -0.556999981, 0.925000012, 0.768000007, -0.234999999, 0.479000002, -0.916000009, 0.829999983, 0.074000001, 0.640999973, -0.448000014), optest.F(tensor.Shape{2, 2, 2}, -0.247999996, -0.30399999, 0.944999993, -0.141000003, -0.00100000005, 0.912, 0.805999994, -0.209999993), optest.Fix(optest.I(tensor.Shape{2}, 2, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3, 2}, 0.944999993, -0.141000003, -0.556999981, 0.925000012, -0.247999996, -0.30399999, 0.479000002, -0.916000009, -0.00100000005, 0.912, 0.805999994, -0.209999993)}},
		optest.Case{Name: "another axis", Opset: 24, Attrs: map[string]any{"axis": -1}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 4}, -0.38499999, 0.614000022, -0.785000026, -0.216000006, 0.753000021, 0.834999979, -0.532999992, -0.842999995), optest.F(tensor.Shape{1, 2, 2}, 0.574999988, 0.244000003, -0.524999976, 0.0120000001), optest.Fix(optest.I(tensor.Shape{1}, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 4}, -0.38499999, 0.574999988, 0.244000003, -0.216000006, 0.753000021, -0.524999976, 0.0120000001, -0.842999995)}},
		optest.Case{Name: "outside", Opset: 24, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1}, 1, 2), optest.F(tensor.Shape{1, 2, 1}, 1, 2), optest.List(1)}, Err: ops.CodeShape},
		optest.Case{Name: "variable positions", Opset: 24, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1}, 1, 2), optest.F(tensor.Shape{1, 1, 1}, 1), optest.I(tensor.Shape{1}, 1)}, Err: ops.CodeNotConstant},
	)
}
