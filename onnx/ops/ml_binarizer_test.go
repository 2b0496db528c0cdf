package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Binarizer",
		optest.Case{Name: "at the threshold", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{
			"threshold": 0.25},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 0.5, -1, 2, 0.25, -0.75, 1.5, 0.125, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 0, 1, 0, 0, 1, 0, 0)}},
	)
}
