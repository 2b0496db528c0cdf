package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("TopK",
		optest.Case{Name: "k is an attribute", Opset: 9, Attrs: map[string]any{"k": 2}, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 7, 3, 7, -2, 5, -9, 5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 7, 7, 5, 5), optest.I(tensor.Shape{2, 2}, 1, 3, 1, 3)}},
		optest.Case{Name: "k is an input", Opset: 10, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 7, 3, 7, -2, 5, -9, 5), optest.List(3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 7, 7, 3, 5, 5, -2), optest.I(tensor.Shape{2, 3}, 1, 3, 2, 1, 3, 0)}},
		optest.Case{Name: "the smallest", Opset: 11, Attrs: map[string]any{"largest": 0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 7, 3, 7, -2, 5, -9, 5), optest.List(2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 3, -9, -2), optest.I(tensor.Shape{2, 2}, 0, 2, 2, 0)}},
		optest.Case{Name: "along axis 0", Opset: 11, Attrs: map[string]any{"axis": 0, "sorted": 0}, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 7, 3, 7, -2, 5, -9, 5), optest.List(1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4}, 1, 7, 3, 7), optest.I(tensor.Shape{1, 4}, 0, 0, 0, 0)}},
		optest.Case{Name: "of integers", Opset: 24, In: []optest.Tensor{optest.I(tensor.Shape{3}, 4, -1, 9), optest.List(2)}, Out: []optest.Tensor{optest.I(tensor.Shape{2}, 9, 4), optest.I(tensor.Shape{2}, 2, 0)}},
		optest.Case{Name: "more than there are", Opset: 11, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 7, 3, 7, -2, 5, -9, 5), optest.List(5)}, Err: ops.CodeShape},
		optest.Case{Name: "none", Opset: 11, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 7, 3, 7, -2, 5, -9, 5), optest.List(0)}, Err: ops.CodeShape},
		optest.Case{Name: "a variable k", Opset: 11, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 7, 3, 7, -2, 5, -9, 5), optest.I(tensor.Shape{1}, 1)}, Err: ops.CodeNotConstant},
		optest.Case{Name: "without indices", Opset: 11, In: []optest.Tensor{optest.F(tensor.Shape{3}, 4, -1, 9), optest.List(1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1}, 9)}},
	)
}
