package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("LinearClassifier",
		optest.Case{Name: "one score", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -0.25, 0.75, -1}, "intercepts": []float64{0.5}, "classlabels_ints": []int{2, 7}},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.I(tensor.Shape{2}, 7, 7), optest.F(tensor.Shape{2, 2}, -1.25, 2.25, -0.84375, 1.84375)}},
		optest.Case{Name: "one score, LOGISTIC", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -0.25, 0.75, -1}, "intercepts": []float64{0.5}, "classlabels_strings": []string{"a", "b"}, "post_transform": "LOGISTIC"},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.I(tensor.Shape{2}, 1, 1), optest.F(tensor.Shape{2, 2}, 0.09534949, 0.9046505, 0.1366084, 0.8633916)}},
		optest.Case{Name: "three scores", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -0.25, 0.75, -1, 0.125, 2, -0.5, 0.25, -0.75, 1.5, -1.25, 0.625}, "intercepts": []float64{0.5, 0, -0.25}, "classlabels_ints": []int{2, 7, 4}, "post_transform": "SOFTMAX"},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.I(tensor.Shape{2}, 2, 7), optest.F(tensor.Shape{2, 3}, 0.9928966, 0.005903979, 0.001199466, 0.3173039, 0.5231457, 0.1595504)}},
	)
}
