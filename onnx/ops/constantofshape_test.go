package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ConstantOfShape",
		optest.Case{Opset: 9, In: []optest.Tensor{optest.List(2, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 1}, 0, 0)}},
		optest.Case{Name: "value", Opset: 9, Attrs: map[string]any{"value": optest.I(tensor.Shape{1}, 7)}, In: []optest.Tensor{optest.List(2)}, Out: []optest.Tensor{optest.I(tensor.Shape{2}, 7, 7)}},
		optest.Case{Name: "a value of two elements", Opset: 9, Attrs: map[string]any{"value": optest.I(tensor.Shape{2}, 7, 8)}, In: []optest.Tensor{optest.List(2)}, Err: ops.CodeBadAttribute},
		optest.Case{Name: "variable shape", Opset: 9, In: []optest.Tensor{optest.I(tensor.Shape{1}, 2)}, Err: ops.CodeNotConstant},
	)
}
