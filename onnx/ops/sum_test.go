package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Sum",
		optest.Case{Name: "three, one broadcasts", Opset: 8, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.F(tensor.Shape{2, 3}, 0.5, -1, 0.25, 2, -2, 1), optest.F(tensor.Shape{3}, 10, 20, 30)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 11.5, 21, 33.25, 16, 23, 37)}},
		optest.Case{Name: "a constant", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.Fix(optest.F(tensor.Shape{3}, 10, 20, 30))}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 11, 22, 33, 14, 25, 36)}},
		optest.Case{Name: "one", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6)}},
		optest.Case{Name: "shapes that do not fit", Opset: 13, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), optest.F(tensor.Shape{2}, 1, 2)}, Err: ops.CodeShape},
	)
}
