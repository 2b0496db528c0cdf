package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("OneHotEncoder",
		optest.Case{Name: "reals, truncated", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"cats_int64s": []int{-1, 0, 2, 1}, "zeros": 1},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1.5, 2, -1.25, 3, -0.5, 1, 2.75, 7)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4, 4}, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0)}},
		optest.Case{Name: "integers", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"cats_int64s": []int{3, 1}},
			In: []optest.Tensor{optest.I(tensor.Shape{2, 2}, 1, 3, 3, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2, 2}, 0, 1, 1, 0, 1, 0, 0, 1)}},
		optest.Case{Name: "strings", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{"cats_strings": []string{"a"}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2}, 1, 2)}, Err: ops.CodeBadAttribute},
	)
}
