package ops_test

import (
	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Equal",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{3}, 1, 2, 3), optest.Number(2)}, Out: []optest.Tensor{optest.B(tensor.Shape{3}, 0, 1, 0)}, Lower: graph.CodeLower},
		optest.Case{Name: "shapes that do not broadcast", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{3}, 1, 2, 3), optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeShape},
	)
}
