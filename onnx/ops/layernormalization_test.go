package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("LayerNormalization",
		optest.Case{Name: "last axis", Opset: 17, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.30500007, 2.24900007, -0.254999995, 1.06500006, 3.35800004, 3.37800002, -1.24600005, -0.756999969), optest.Fix(optest.F(tensor.Shape{4}, 1, 0.5, -2, 1.5)), optest.Fix(optest.F(tensor.Shape{4}, 0, 1, 0.25, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.239289463, 1.64742339, 3.26012754, -1.0436089, 0.992314458, 1.50072014, 2.46687984, -2.32797194)}},
		optest.Case{Name: "no bias", Opset: 17, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.30500007, 2.24900007, -0.254999995, 1.06500006, 3.35800004, 3.37800002, -1.24600005, -0.756999969), optest.Fix(optest.F(tensor.Shape{4}, 1, 0.5, -2, 1.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.239289463, 0.647423387, 3.01012754, -0.0436088666, 0.992314458, 0.500720143, 2.21687984, -1.32797194)}},
		optest.Case{Name: "two axes", Opset: 17, Attrs: map[string]any{"axis": 1, "epsilon": 0.01}, In: []optest.Tensor{optest.F(tensor.Shape{2, 2, 4}, 1.86800003, 0.188999996, 1.89100003, 0.859000027, 0.791000009, -1.13600004, 1.90499997, -1.97500002, -0.987999976, -0.261000007, 1.11800003, -1.20899999, 1.45200002, 1.93400002, -1.34500003, 0.388999999), optest.Fix(optest.F(tensor.Shape{2, 4}, -0.555999994, 0.740999997, -0.587000012, 0.837000012, -0.023, 0.223000005, 0.532000005, 0.0370000005)), optest.Fix(optest.F(tensor.Shape{2, 4}, 0.786000013, -0.335999995, 0.64200002, -0.916999996, -0.785000026, 0.189999998, 0.0599999987, -0.162))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2, 4}, 0.249595106, -0.531116426, 0.0658125877, -0.727215648, -0.789071143, -0.084838748, 0.587648213, -0.230306849, 1.30743766, -0.581553936, 0.161267191, -1.85627604, -0.810244501, 0.524425149, -0.59736228, -0.15419887)}},
		optest.Case{Name: "variable scale and bias", Opset: 17, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.30500007, 2.24900007, -0.254999995, 1.06500006, 3.35800004, 3.37800002, -1.24600005, -0.756999969), optest.F(tensor.Shape{4}, 1, 0.5, -2, 1.5), optest.F(tensor.Shape{4}, 0, 1, 0.25, -1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.239289463, 1.64742339, 3.26012754, -1.0436089, 0.992314458, 1.50072014, 2.46687984, -2.32797194)}},
		optest.Case{Name: "mean and deviation", Opset: 17, Attrs: map[string]any{"axis": -1}, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.30500007, 2.24900007, -0.254999995, 1.06500006, 3.35800004, 3.37800002, -1.24600005, -0.756999969), optest.Fix(optest.F(tensor.Shape{4}, 1, 0.5, -2, 1.5)), optest.Fix(optest.F(tensor.Shape{4}, 0, 1, 0.25, -1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.239289463, 1.64742339, 3.26012778, -1.0436089, 0.992314458, 1.50072014, 2.46687984, -2.32797194), optest.F(tensor.Shape{2, 1}, 1.09100008, 1.18324995), optest.F(tensor.Shape{2, 1}, 1.11817515, 0.456288964)}},
		optest.Case{Name: "axis beyond the rank", Opset: 17, Attrs: map[string]any{"axis": 2}, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.30500007, 2.24900007, -0.254999995, 1.06500006, 3.35800004, 3.37800002, -1.24600005, -0.756999969), optest.Fix(optest.F(tensor.Shape{4}, 1, 0.5, -2, 1.5))}, Err: ops.CodeShape},
		optest.Case{Name: "scale that does not fit", Opset: 17, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.30500007, 2.24900007, -0.254999995, 1.06500006, 3.35800004, 3.37800002, -1.24600005, -0.756999969), optest.Fix(optest.F(tensor.Shape{3}, 1, 2, 3))}, Err: ops.CodeShape},
		optest.Case{Name: "stash of integers", Opset: 17, Attrs: map[string]any{"stash_type": 7}, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.30500007, 2.24900007, -0.254999995, 1.06500006, 3.35800004, 3.37800002, -1.24600005, -0.756999969), optest.Fix(optest.F(tensor.Shape{4}, 1, 0.5, -2, 1.5))}, Err: ops.CodeBadAttribute},
	)
}
