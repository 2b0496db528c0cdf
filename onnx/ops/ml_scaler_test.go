package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Scaler",
		optest.Case{Name: "one a feature", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"offset": []float64{0.5, -1, 0, 2}, "scale": []float64{2, 0.5, -1, 0.25}},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0, 0, -2, -0.4375, -2.5, 1.25, -0.125, -1)}},
		optest.Case{Name: "one for all", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"offset": []float64{0.5}, "scale": []float64{3}},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0, -4.5, 4.5, -0.75, -3.75, 3, -1.125, -7.5)}},
	)
}
