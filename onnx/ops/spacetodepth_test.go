package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("SpaceToDepth",
		optest.Case{Opset: 13, Attrs: map[string]any{"blocksize": 2}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 2, 4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4, 1, 2}, 1, 3, 2, 4, 5, 7, 6, 8)}},
		optest.Case{Name: "extents that do not divide", Opset: 13, Attrs: map[string]any{"blocksize": 2}, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 1, 2, 3}, 1, 1)}, Err: ops.CodeShape},
	)
}
