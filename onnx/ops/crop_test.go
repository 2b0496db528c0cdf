package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Crop",
		optest.Case{Name: "borders", Opset: 7, Attrs: map[string]any{"border": []int{1, 2, 1, 0}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 1, 2}, 10, 11)}},
		optest.Case{Name: "extents", Opset: 1, Attrs: map[string]any{"border": []int{2, 1, 0, 0}, "scale": []int{2, 1}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 1}, 7, 11)}},
		optest.Case{Name: "nothing left", Opset: 1, Attrs: map[string]any{"border": []int{2, 0, 2, 0}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 4}, 1, 1)}, Err: ops.CodeShape},
		optest.Case{Name: "three borders", Opset: 1, Attrs: map[string]any{"border": []int{2, 0, 2}}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 3, 4}, 1, 1)}, Err: ops.CodeBadAttribute},
	)
}
