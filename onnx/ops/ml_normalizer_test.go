package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Normalizer",
		optest.Case{Name: "MAX", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"norm": "MAX"},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.25, -0.5, 1, 0.125, -0.5, 1, 0.08333334, -1.333333)}},
		optest.Case{Name: "L1", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"norm": "L1"},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.1333333, -0.2666667, 0.5333334, 0.06666667, -0.1714286, 0.3428572, 0.02857143, -0.4571429)}},
		optest.Case{Name: "L2", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"norm": "L2"},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.2169305, -0.4338609, 0.8677219, 0.1084652, -0.2870189, 0.5740378, 0.04783649, -0.7653838)}},
		optest.Case{Name: "a row of zeros", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"norm": "L1"},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 0, 0, 1, -3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 0, 0, 0.25, -0.75)}},
	)
}
