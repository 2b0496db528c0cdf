package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ZipMap",
		optest.Case{Name: "columns pass", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{"classlabels_strings": []string{"a", "b"}},
			In: []optest.Tensor{optest.F(tensor.Shape{2, 2}, .25, .75, .5, .5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, .25, .75, .5, .5)}},
		optest.Case{Name: "a column missing", Domain: ops.DomainML, Opset: 1, Attrs: map[string]any{"classlabels_int64s": []int{1, 2, 3}},
			In: []optest.Tensor{optest.F(tensor.Shape{1, 2}, .25, .75)}, Err: ops.CodeShape},
	)
}
