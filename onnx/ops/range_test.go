package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Range",
		optest.Case{Opset: 11, In: []optest.Tensor{optest.Number(1), optest.Number(2), optest.Number(0.25)}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 1, 1.25, 1.5, 1.75)}},
		optest.Case{Opset: 27, Attrs: map[string]any{"stash_type": 1}, In: []optest.Tensor{optest.Number(1), optest.Number(2), optest.Number(0.25)}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, 1, 1.25, 1.5, 1.75)}},
		optest.Case{Name: "downwards", Opset: 11, In: []optest.Tensor{optest.Number(3), optest.Number(0), optest.Number(-2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, 3, 1)}},
		optest.Case{Name: "step of zero", Opset: 11, In: []optest.Tensor{optest.Number(0), optest.Number(1), optest.Number(0)}, Err: ops.CodeShape},
		optest.Case{Name: "huge", Opset: 11, In: []optest.Tensor{optest.Number(0), optest.Number(1e30), optest.Number(1)}, Err: ops.CodeShape},
	)
}
