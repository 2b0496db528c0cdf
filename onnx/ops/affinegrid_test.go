package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("AffineGrid",
		optest.Case{Name: "edges", Opset: 20, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3}, 1, 0.5, 0.25, -1, 2, 0), optest.List(1, 1, 2, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2, 2}, -0.5, -0.5, 0.5, -1.5, 0, 1.5, 1, 0.5)}},
		optest.Case{Name: "corners", Opset: 20, Attrs: map[string]any{"align_corners": 1}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3}, 1, 0, 0, 0, 1, 0), optest.List(1, 1, 2, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 3, 2}, -1, -1, 0, -1, 1, -1, -1, 1, 0, 1, 1, 1)}},
		optest.Case{Name: "maps of another size", Opset: 20, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2}, 1, 0, 0, 1), optest.List(1, 1, 2, 2)}, Err: ops.CodeShape},
	)
}
