package ops_test

import (
	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("LogSoftmax",
		optest.Case{Name: "flattened from axis 1", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3}, -5.456193316, -4.456193316, -3.456193316, -2.456193316, -1.456193316, -0.456193316)}, Lower: graph.CodeNotLast},
		optest.Case{Name: "last axis", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -2.407605964, -1.407605964, -0.407605964, -2.407605964, -1.407605964, -0.407605964)}, Lower: graph.CodeNotLast},
		optest.Case{Name: "first axis", Opset: 13, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, -2.126928011, -2.126928011, -0.126928011, -0.126928011)}, Lower: graph.CodeNotLast},
		optest.Case{Name: "no overflow", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{1, 2}, 1000, 1000)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2}, -0.693147181, -0.693147181)}, Lower: graph.CodeNotLast},
		optest.Case{Name: "axis beyond the rank", Opset: 13, Attrs: map[string]any{"axis": 2}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Err: ops.CodeShape},
	)
}
