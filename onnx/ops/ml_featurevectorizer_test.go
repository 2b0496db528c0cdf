package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("FeatureVectorizer",
		optest.Case{Name: "side by side", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{"inputdimensions": []int{2, 1}},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 2, 3, 4), optest.F(tensor.Shape{2, 1}, 5, 6)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 5, 3, 4, 6)}},
		optest.Case{Name: "another extent", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{"inputdimensions": []int{3}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2}, 1, 2)}, Err: ops.CodeShape},
	)
}
