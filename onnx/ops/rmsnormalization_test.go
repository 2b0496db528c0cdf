package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("RMSNormalization",
		optest.Case{Name: "last axis", Opset: 23, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.30500007, 2.24900007, -0.254999995, 1.06500006, 3.35800004, 3.37800002, -1.24600005, -0.756999969), optest.Fix(optest.F(tensor.Shape{4}, 1, 0.5, -2, 1.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.925071657, 0.797121108, 0.361522228, 1.13241529, 1.34826124, 0.678145707, 1.00055611, -0.455911428)}},
		optest.Case{Name: "variable scale", Opset: 23, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.30500007, 2.24900007, -0.254999995, 1.06500006, 3.35800004, 3.37800002, -1.24600005, -0.756999969), optest.F(tensor.Shape{4}, 1, 0.5, -2, 1.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.925071657, 0.797121108, 0.361522228, 1.13241529, 1.34826124, 0.678145707, 1.00055611, -0.455911428)}},
		optest.Case{Name: "two axes", Opset: 23, Attrs: map[string]any{"axis": 1, "epsilon": 0.01}, In: []optest.Tensor{optest.F(tensor.Shape{2, 2, 4}, 1.86800003, 0.188999996, 1.89100003, 0.859000027, 0.791000009, -1.13600004, 1.90499997, -1.97500002, -0.987999976, -0.261000007, 1.11800003, -1.20899999, 1.45200002, 1.93400002, -1.34500003, 0.388999999), optest.Fix(optest.F(tensor.Shape{2, 4}, -0.555999994, 0.740999997, -0.587000012, 0.837000012, -0.023, 0.223000005, 0.532000005, 0.0370000005))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2, 4}, -0.704956949, 0.0950584933, -0.753425956, 0.488010973, -0.0123485299, -0.171946824, 0.687887728, -0.0495997854, 0.455312192, -0.16030103, -0.543948114, -0.838743806, -0.0276803803, 0.35746944, -0.5930776, 0.0119296834)}},
		optest.Case{Name: "scale that does not fit", Opset: 23, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.30500007, 2.24900007, -0.254999995, 1.06500006, 3.35800004, 3.37800002, -1.24600005, -0.756999969), optest.Fix(optest.F(tensor.Shape{3}, 1, 2, 3))}, Err: ops.CodeShape},
	)
}
