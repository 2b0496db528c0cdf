package ops_test

import (
	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("SVMClassifier",
		optest.Case{Name: "two classes", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, 0.75, -1}, "rho": []float64{0.125}, "vectors_per_class": []int{2, 1}, "classlabels_ints": []int{3, 8}, "support_vectors": []float64{0.5, -1, 0.25, 1, 0.75, -0.5, -1.5, 0.5, 1}, "kernel_type": "RBF", "kernel_params": []float64{0.5, 0, 0}},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 3, 8, 3), optest.F(tensor.Shape{3, 2}, -0.6998824, 0.6998824, 0.07652404, -0.07652404, -0.9358638, 0.9358638)}},
		optest.Case{Name: "two classes, probabilities", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, 0.75, -1}, "rho": []float64{0.125}, "vectors_per_class": []int{2, 1}, "classlabels_ints": []int{3, 8}, "prob_a": []float64{-1.5}, "prob_b": []float64{0.25}, "support_vectors": []float64{0.5, -1, 0.25, 1, 0.75, -0.5, -1.5, 0.5, 1}, "kernel_type": "RBF", "kernel_params": []float64{0.5, 0, 0}},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 3, 8, 3), optest.F(tensor.Shape{3, 2}, 0.6899368, 0.3100634, 0.4092132, 0.5907868, 0.7602034, 0.2397966)}},
		optest.Case{Name: "three classes", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -0.75, -1, 0.25, 0.75, -0.5}, "rho": []float64{0.125, -0.25, 0.0625}, "vectors_per_class": []int{1, 1, 1}, "classlabels_strings": []string{"a", "b", "c"}, "support_vectors": []float64{0.5, -1, 0.25, 1, 0.75, -0.5, -1.5, 0.5, 1}, "kernel_type": "RBF", "kernel_params": []float64{0.5, 0, 0}},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 0, 0, 1), optest.F(tensor.Shape{3, 3}, 0.5169523, -0.03316534, 0.1539651, 0.03426806, -0.5572254, 0.00710395, -0.45314, -0.2069059, 0.7570019)}},
		optest.Case{Name: "three classes, probabilities", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -0.75, -1, 0.25, 0.75, -0.5}, "rho": []float64{0.125, -0.25, 0.0625}, "vectors_per_class": []int{1, 1, 1}, "classlabels_ints": []int{3, 8, 2}, "prob_a": []float64{-1.5, -1, -2}, "prob_b": []float64{0.25, 0, 0.125}, "support_vectors": []float64{0.5, -1, 0.25, 1, 0.75, -0.5, -1.5, 0.5, 1}, "kernel_type": "RBF", "kernel_params": []float64{0.5, 0, 0}},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 3, 3, 8), optest.F(tensor.Shape{3, 3}, 0.3862927, 0.2916338, 0.3220735, 0.2518084, 0.3426868, 0.4055049, 0.208001, 0.6120948, 0.1799041)}, Lower: graph.CodeLower},
		optest.Case{Name: "three classes without support vectors", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -1, 0.25, 1, 0.75, -0.5, -1.5, 0.5, 1}, "rho": []float64{0.125}, "classlabels_ints": []int{3, 8, 2}, "kernel_type": "LINEAR", "kernel_params": []float64{0, 0, 0}},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, 3, 2, 8), optest.F(tensor.Shape{3, 3}, 1.4375, -0.25, -0.875, -1.71875, 0.4375, 2.125, 0.0625, 1.625, -1.375)}},
	)
}
