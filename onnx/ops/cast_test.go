package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Cast",
		optest.Case{Name: "reals to reals", Opset: 13, Attrs: map[string]any{"to": 11}, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1)}, Out: []optest.Tensor{optest.Tensor{DType: tensor.Float64, Value: optest.Seq(tensor.Shape{2}, 1, 1).Value}}},
		optest.Case{Name: "integers to reals", Opset: 13, Attrs: map[string]any{"to": 1}, In: []optest.Tensor{optest.I(tensor.Shape{2}, 1, 2)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1)}},
		optest.Case{Name: "reals to integers", Opset: 13, Attrs: map[string]any{"to": 7}, In: []optest.Tensor{optest.F(tensor.Shape{3}, -1.5, 1.5, 2.75)}, Out: []optest.Tensor{optest.I(tensor.Shape{3}, -1, 1, 2)}},
		optest.Case{Name: "reals to truth values", Opset: 13, Attrs: map[string]any{"to": 9}, In: []optest.Tensor{optest.F(tensor.Shape{2}, 0, 0.5)}, Out: []optest.Tensor{optest.B(tensor.Shape{2}, 0, 1)}},
		optest.Case{Name: "truth values to integers", Opset: 13, Attrs: map[string]any{"to": 6}, In: []optest.Tensor{optest.B(tensor.Shape{2}, 1, 0)}, Out: []optest.Tensor{{DType: tensor.Int32, Value: optest.F(tensor.Shape{2}, 1, 0).Value}}},
		optest.Case{Name: "integers to narrower ones", Opset: 13, Attrs: map[string]any{"to": 2}, In: []optest.Tensor{optest.I(tensor.Shape{2}, 300, -1)}, Out: []optest.Tensor{optest.Tensor{DType: tensor.Uint8, Value: optest.F(tensor.Shape{2}, 44, 255).Value}}},
		optest.Case{Name: "to strings", Opset: 13, Attrs: map[string]any{"to": 8}, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "no type", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1)}, Err: ops.CodeBadAttribute},
	)
}
