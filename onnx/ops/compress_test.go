package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Compress",
		optest.Case{Name: "along an axis", Opset: 11, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 2}, 1, 1), optest.Fix(optest.B(tensor.Shape{3}, 0, 1, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 3, 4, 5, 6)}},
		optest.Case{Name: "fewer conditions than slices", Opset: 9, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 2}, 1, 1), optest.Fix(optest.B(tensor.Shape{1}, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 1}, 1, 3, 5)}},
		optest.Case{Name: "of the flattened input", Opset: 11, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 2}, 1, 1), optest.Fix(optest.B(tensor.Shape{5}, 0, 1, 0, 0, 1))}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 2, 5)}},
		optest.Case{Name: "a variable condition", Opset: 11, Attrs: map[string]any{"axis": 0}, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 2}, 1, 1), optest.B(tensor.Shape{3}, 0, 1, 1)}, Err: ops.CodeNotConstant},
		optest.Case{Name: "too many conditions", Opset: 11, Attrs: map[string]any{"axis": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 2}, 1, 1), optest.Fix(optest.B(tensor.Shape{3}, 0, 1, 1))}, Err: ops.CodeShape},
	)
}
