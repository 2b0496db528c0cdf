package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("LinearRegressor",
		optest.Case{Name: "two targets", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -0.25, 0.75, -1, 0.125, 2, -0.5, 0.25}, "intercepts": []float64{0.5, -0.25}, "targets": 2},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 2.25, -3.125, 1.84375, 2.09375)}},
		optest.Case{Name: "without intercepts", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"coefficients": []float64{0.5, -0.25, 0.75, -1}},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1}, 1.75, 1.34375)}},
	)
}
