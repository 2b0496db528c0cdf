package ops_test

import (
	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Softmax",
		optest.Case{Name: "flattened from axis 1", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3}, 0.004269779, 0.011606461, 0.031549633, 0.085760795, 0.23312201, 0.633691323)}, Lower: graph.CodeNotLast},
		optest.Case{Name: "last axis", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0.090030573, 0.244728471, 0.665240956, 0.090030573, 0.244728471, 0.665240956)}, Lower: graph.CodeNotLast},
		optest.Case{Name: "first axis", Opset: 13, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 0.119202922, 0.119202922, 0.880797078, 0.880797078)}, Lower: graph.CodeNotLast},
		optest.Case{Name: "no overflow", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{1, 2}, 1000, 1000)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2}, 0.5, 0.5)}, Lower: graph.CodeNotLast},
		optest.Case{Name: "axis beyond the rank", Opset: 13, Attrs: map[string]any{"axis": 2}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Err: ops.CodeShape},
	)
}
