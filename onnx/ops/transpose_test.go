package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Transpose",
		optest.Case{Name: "reverses by default", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 2}, 1, 4, 2, 5, 3, 6)}},
		optest.Case{Name: "perm", Opset: 13, Attrs: map[string]any{"perm": []int{2, 0, 1}}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 1, 3}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 2, 1}, 1, 4, 2, 5, 3, 6)}},
		optest.Case{Name: "not a permutation", Opset: 13, Attrs: map[string]any{"perm": []int{0, 0}}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1)}, Err: ops.CodeShape},
	)
}
