package ops_test

import (
	"math"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Imputer",
		optest.Case{Name: "one a feature", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"imputed_value_floats": []float64{0.5, 7, -2, 4}, "replaced_value_float": 1.0},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 2, -1, 3, 0, 1, 2, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, 2, -1, 3, 0, 7, 2, 4)}},
		optest.Case{Name: "NaN", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"imputed_value_floats": []float64{0.5}, "replaced_value_float": math.NaN()},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 2, -1, 3, 0, 1, 2, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 2, -1, 3, 0, 1, 2, 1)}},
		optest.Case{Name: "integers", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"imputed_value_int64s": []int{9}, "replaced_value_int64": 1},
			In: []optest.Tensor{optest.I(tensor.Shape{2, 4}, 1, 2, -1, 3, 0, 1, 2, 1)}, Out: []optest.Tensor{optest.I(tensor.Shape{2, 4}, 9, 2, -1, 3, 0, 9, 2, 9)}},
	)
}
