package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	like := optest.Fix(optest.I(tensor.Shape{1}, 0))
	optest.Register("CastLike",
		optest.Case{Name: "reals to integers", Opset: 15, In: []optest.Tensor{optest.F(tensor.Shape{4}, -1.5, 1.5, 2.75, 3), like}, Out: []optest.Tensor{optest.I(tensor.Shape{4}, -1, 1, 2, 3)}},
		optest.Case{Name: "reals to reals", Opset: 15, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1), optest.Number(0)}, Out: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1)}},
		optest.Case{Name: "a constant, like a variable", Opset: 15, In: []optest.Tensor{optest.Fix(optest.F(tensor.Shape{2}, 1.5, -2)), optest.I(tensor.Shape{1}, 0)}, Out: []optest.Tensor{optest.I(tensor.Shape{2}, 1, -2)}},
		optest.Case{Name: "one input", Opset: 15, In: []optest.Tensor{like}, Err: ops.CodeArity},
	)
}
