package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ArrayFeatureExtractor",
		optest.Case{Name: "columns", Domain: ops.DomainML, Opset: 1,
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2), optest.Fix(optest.I(tensor.Shape{1, 3}, 3, 0, 3))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0.25, 0.5, 0.25, -2, -0.75, -2)}},
		optest.Case{Name: "of a list", Domain: ops.DomainML, Opset: 1,
			In: []optest.Tensor{optest.F(tensor.Shape{4}, 0.5, -1, 2, 0.25), optest.Fix(optest.I(tensor.Shape{1}, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1}, -1)}},
	)
}
