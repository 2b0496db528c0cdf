package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("SpaceToDepth",
		optest.Case{Opset: 13, Attrs: map[string]any{"blocksize": 2}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 2, 4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4, 1, 2}, 1, 3, 2, 4, 5, 7, 6, 8)}},
		optest.Case{Name: "depth first", Opset: 28, Attrs: map[string]any{"blocksize": 2, "mode": "DCR"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 2, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 8, 1, 1}, 1, 5, 2, 6, 3, 7, 4, 8)}},
		optest.Case{Name: "channels first", Opset: 28, Attrs: map[string]any{"blocksize": 2, "mode": "CRD"}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 2, 2, 2}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{1, 8, 1, 1}, 1, 1)}},
		optest.Case{Name: "extents that do not divide", Opset: 13, Attrs: map[string]any{"blocksize": 2}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 2, 3}, 1, 1)}, Err: ops.CodeShape},
	)
}
