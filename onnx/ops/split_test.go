package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Split",
		optest.Case{Name: "extents are an attribute", Opset: 11, Attrs: map[string]any{"split": []int{1, 3}}, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1}, 1), optest.F(tensor.Shape{3}, 2, 3, 4)}},
		optest.Case{Name: "extents are an input", Opset: 13, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.List(1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1}, 1, 3), optest.F(tensor.Shape{2, 1}, 2, 4)}},
		optest.Case{Name: "equal parts", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2), optest.F(tensor.Shape{2}, 3, 4)}},
		optest.Case{Name: "a smaller last part", Opset: 18, Attrs: map[string]any{"num_outputs": 3}, In: []optest.Tensor{optest.Seq(tensor.Shape{5}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2), optest.F(tensor.Shape{2}, 3, 4), optest.F(tensor.Shape{1}, 5)}},
		optest.Case{Name: "more parts than outputs", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.List(1, 2)}, Err: ops.CodeArity},
		optest.Case{Name: "extents that do not add up", Opset: 11, Attrs: map[string]any{"split": []int{3}}, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1)}, Err: ops.CodeShape},
		optest.Case{Name: "opset 1", Opset: 1, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.List(1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1}, 1, 3), optest.F(tensor.Shape{2, 1}, 2, 4)}},
		optest.Case{Name: "an empty part", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1), optest.List(2, 0)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2), optest.F(tensor.Shape{0})}},
	)
}
