package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Less",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{3}, 1, 2, 3), optest.Number(2)}, Out: []optest.Tensor{optest.B(tensor.Shape{3}, 1, 0, 0)}},
		optest.Case{Name: "shapes that do not broadcast", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{3}, 1, 2, 3), optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeShape},
		optest.Case{Name: "two variables", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{4}, 1, 2.5, -3, 4), optest.F(tensor.Shape{4}, 1, -3, -2, 4)}, Out: []optest.Tensor{optest.B(tensor.Shape{4}, 0, 0, 1, 0)}},
		optest.Case{Name: "integers that broadcast", Opset: 13, In: []optest.Tensor{optest.I(tensor.Shape{2, 1}, 2, -1), optest.I(tensor.Shape{2}, 2, -1)}, Out: []optest.Tensor{optest.B(tensor.Shape{2, 2}, 0, 0, 1, 0)}},
	)
}
