package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Pad",
		optest.Case{Name: "pads are an attribute", Opset: 10, Attrs: map[string]any{"pads": []int{0, 1, 0, 1}, "value": 7.0}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 7, 1, 2, 7, 7, 3, 4, 7)}},
		optest.Case{Name: "pads are an input", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.List(2, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, 0, 0, 1, 2, 3, 0)}},
		optest.Case{Name: "reflect", Opset: 13, Attrs: map[string]any{"mode": "reflect"}, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.List(2, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, 3, 2, 1, 2, 3, 2)}},
		optest.Case{Name: "edge", Opset: 13, Attrs: map[string]any{"mode": "edge"}, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.List(2, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, 1, 1, 1, 2, 3, 3)}},
		optest.Case{Name: "wrap", Opset: 19, Attrs: map[string]any{"mode": "wrap"}, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.List(2, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, 2, 3, 1, 2, 3, 1)}},
		optest.Case{Name: "axes, and a negative count", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{1, 3}, 1, 1), optest.List(1, -1), optest.Number(9), optest.List(1)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 3}, 9, 1, 2)}},
		optest.Case{Name: "reflection longer than the axis", Opset: 13, Attrs: map[string]any{"mode": "reflect"}, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.List(3, 0)}, Err: ops.CodeShape},
		optest.Case{Name: "too few pads", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.List(1)}, Err: ops.CodeShape},
		optest.Case{Name: "wrap before opset 19", Opset: 18, Attrs: map[string]any{"mode": "wrap"}, In: []optest.Tensor{optest.Seq(tensor.Shape{3}, 1, 1), optest.List(1, 1)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "opset 1", Opset: 1, Attrs: map[string]any{"paddings": []int{0, 1, 0, 0}, "value": 9.0}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 9, 1, 2, 9, 3, 4)}},
	)
}
