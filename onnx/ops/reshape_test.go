package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Reshape",
		optest.Case{Name: "copied and inferred extents", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3, 4}, 1, 1), optest.List(0, -1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2, 12}, 1, 1)}},
		optest.Case{Name: "zero allowed", Opset: 14, Attrs: map[string]any{"allowzero": 1}, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.List(2, 2)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1)}},
		optest.Case{Name: "another size", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(4, 2)}, Err: ops.CodeShape},
		optest.Case{Name: "two inferred extents", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(-1, -1)}, Err: ops.CodeShape},
		optest.Case{Name: "huge", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(1000000, 1000000, 1000000, 1000000)}, Err: ops.CodeShape},
		optest.Case{Name: "variable shape", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.I(tensor.Shape{1}, 6)}, Err: ops.CodeNotConstant},
		optest.Case{Name: "opset 1", Opset: 4, Attrs: map[string]any{"shape": []int{0, 1, -1}}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2, 1, 2}, 1, 1)}},
	)
}
