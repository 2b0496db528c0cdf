package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Tile",
		optest.Case{Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.List(1, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, 1, 2, 1, 2, 3, 4, 3, 4)}},
		optest.Case{Name: "too few repeats", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 2}, 1, 1), optest.List(2)}, Err: ops.CodeShape},
		optest.Case{Name: "a negative repeat", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2}, 1, 1), optest.List(-1)}, Err: ops.CodeShape},
	)
}
