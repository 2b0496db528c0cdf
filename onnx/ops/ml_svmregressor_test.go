package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("SVMRegressor",
		optest.Case{Name: "LINEAR", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -1, 0.75}, "support_vectors": []float64{0.5, -1, 0.25, 1, 0.75, -0.5, -1.5, 0.5, 1}, "n_supports": 3, "rho": []float64{0.125}, "kernel_type": "LINEAR", "kernel_params": []float64{0.5, 0.25, 2}},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 1}, 0.40625, 0.390625, -2.53125)}},
		optest.Case{Name: "POLY", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -1, 0.75}, "support_vectors": []float64{0.5, -1, 0.25, 1, 0.75, -0.5, -1.5, 0.5, 1}, "n_supports": 3, "rho": []float64{0.125}, "kernel_type": "POLY", "kernel_params": []float64{0.5, 0.25, 2}},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 1}, 0.5786133, 1.357544, -0.6635742)}},
		optest.Case{Name: "RBF", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -1, 0.75}, "support_vectors": []float64{0.5, -1, 0.25, 1, 0.75, -0.5, -1.5, 0.5, 1}, "n_supports": 3, "rho": []float64{0.125}, "kernel_type": "RBF", "kernel_params": []float64{0.5, 0.25, 2}},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 1}, 0.5058104, 0.234859, -0.6729065)}},
		optest.Case{Name: "SIGMOID", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -1, 0.75}, "support_vectors": []float64{0.5, -1, 0.25, 1, 0.75, -0.5, -1.5, 0.5, 1}, "n_supports": 3, "rho": []float64{0.125}, "kernel_type": "SIGMOID", "kernel_params": []float64{0.5, 0.25, 2}},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 1}, 0.238556, 0.08282283, -0.8755189)}},
		optest.Case{Name: "one class", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -1, 0.75}, "support_vectors": []float64{0.5, -1, 0.25, 1, 0.75, -0.5, -1.5, 0.5, 1}, "n_supports": 3, "rho": []float64{0.125}, "kernel_type": "RBF", "kernel_params": []float64{0.5, 0.25, 2}, "one_class": 1},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 1}, 1, 1, -1)}},
		optest.Case{Name: "without support vectors", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -1, 0.75}, "rho": []float64{0.125}, "kernel_type": "LINEAR", "kernel_params": []float64{0, 0, 0}},
			In: []optest.Tensor{optest.F(tensor.Shape{3, 3}, 0.5, -1, 0.25, -0.75, 1.5, 0.125, 1, 0.5, -0.25)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 1}, 1.5625, -1.65625, -0.0625)}},
	)
}
