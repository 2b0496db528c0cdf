package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("PRelu",
		optest.Case{Name: "a slope for each channel", Opset: 16, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2}, -2, 1, -4, 3), optest.Fix(optest.F(tensor.Shape{2, 1}, 0.5, 0.25))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2}, -1, 1, -1, 3)}},
		optest.Case{Name: "one slope", Opset: 9, In: []optest.Tensor{optest.F(tensor.Shape{4}, -2, 1, -4, 3), optest.Fix(optest.F(tensor.Shape{1}, 0.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{4}, -1, 1, -2, 3)}},
		optest.Case{Name: "variable slopes", Opset: 9, In: []optest.Tensor{optest.F(tensor.Shape{2}, -2, 1), optest.F(tensor.Shape{2}, 0.5, 0.5)}, Out: []optest.Tensor{optest.F(tensor.Shape{2}, -1, 1)}},
		optest.Case{Name: "a slope that does not broadcast", Opset: 9, In: []optest.Tensor{optest.F(tensor.Shape{2}, -2, 1), optest.F(tensor.Shape{3}, 1, 1, 1)}, Err: ops.CodeShape},
	)
}
