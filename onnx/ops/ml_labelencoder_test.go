package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("LabelEncoder",
		optest.Case{Name: "integers to strings", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"classes_strings": []string{"a", "b"}, "default_string": "other"},
			In: []optest.Tensor{optest.I(tensor.Shape{1, 3}, 1, 0, 5)}, Out: []optest.Tensor{optest.I(tensor.Shape{1, 3}, 1, 0, 2)}},
		optest.Case{Name: "reals to reals", Domain: ops.DomainML, Opset: 2, Attrs: map[string]any{
			"keys_floats": []float64{1, 0, -1, 2}, "values_floats": []float64{0.5, 0.25, 3, -1}, "default_float": 9.0},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 2, -1, 3, 0, 1, 2, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 3, 9, 0.25, 0.5, -1, 0.5)}},
		optest.Case{Name: "reals to integers", Domain: ops.DomainML, Opset: 2, Attrs: map[string]any{
			"keys_floats": []float64{1, 0, -1, 2}, "values_int64s": []int{5, 6, 7, 8}},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 2, -1, 3, 0, 1, 2, 1)}, Out: []optest.Tensor{optest.I(tensor.Shape{2, 4}, 5, 8, 7, -1, 6, 5, 8, 5)}},
		optest.Case{Name: "integers to strings", Domain: ops.DomainML, Opset: 2, Attrs: map[string]any{
			"keys_int64s": []int{1, 0, -1}, "values_strings": []string{"a", "b", "a"}, "default_string": "c"},
			In: []optest.Tensor{optest.I(tensor.Shape{2, 4}, 1, 2, -1, 3, 0, 1, 2, 1)}, Out: []optest.Tensor{optest.I(tensor.Shape{2, 4}, 0, 2, 0, 2, 1, 0, 2, 0)}},
		optest.Case{Name: "the last of repeated keys", Domain: ops.DomainML, Opset: 4, Attrs: map[string]any{"keys_floats": []float64{1, 2, 1}, "values_floats": []float64{5, 6, 7}},
			In: []optest.Tensor{optest.F(tensor.Shape{3}, 1, 2, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 7, 6, 0)}},
	)
}
