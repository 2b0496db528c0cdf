package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("CategoryMapper",
		optest.Case{Name: "integers to strings", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{"cats_int64s": []int{3, 5}, "cats_strings": []string{"a", "b"}, "default_string": "none"},
			In: []optest.Tensor{optest.I(tensor.Shape{3}, 5, 4, 3)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 1, 2, 0)}},
	)
}
