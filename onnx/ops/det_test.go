package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Det",
		optest.Case{Opset: 22, In: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 0.0250000004, -0.191, 0.331, -0.333999991)}, Out: []optest.Tensor{optest.F(nil, 0.0548710003)}},
		optest.Case{Name: "batch", Opset: 11, In: []optest.Tensor{optest.F(tensor.Shape{2, 3, 3}, -0.606000006, 0.864000022, -0.512000024, -0.70599997, -0.439999998, -0.32100001, -0.550000012, 0.0729999989, 0.874000013, -0.748000026, -0.170000002, 0.335999995, 0.768999994, 1, -0.713, 0.075000003, 0.762000024, -0.893999994)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1.05479968, 0.326225847)}},
		optest.Case{Name: "larger", Opset: 22, In: []optest.Tensor{optest.F(tensor.Shape{1, 5, 5}, 0.177000001, -0.65200001, 0.536000013, 0.875, 0.0769999996, -0.981999993, -0.870999992, -0.169, 0.694999993, -0.526000023, 0.338, -0.188999996, -0.469999999, 0.407999992, -0.382999986, -0.256000012, 0.531000018, -0.00999999978, 0.568000019, 0.0329999998, -0.680000007, -0.112999998, 0.745999992, 0.129999995, 0.930000007)}, Out: []optest.Tensor{optest.F(tensor.Shape{1}, 0.491945952)}},
		optest.Case{Name: "one", Opset: 22, In: []optest.Tensor{optest.F(tensor.Shape{3, 1, 1}, -0.998000026, -0.319000006, 0.537999988)}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, -0.998000026, -0.319000006, 0.537999988)}},
		optest.Case{Name: "not square", Opset: 22, In: []optest.Tensor{optest.F(tensor.Shape{1, 2}, 1, 2)}, Err: ops.CodeShape},
	)
}
