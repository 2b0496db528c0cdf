package ops_test

import (
	"math"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("Slice",
		optest.Case{Name: "bounds are attributes", Opset: 7, Attrs: map[string]any{"starts": []int{1, 1}, "ends": []int{3, 3}}, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 4}, 1, 1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 6, 7, 10, 11)}},
		optest.Case{Name: "backwards to the start", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{3, 4}, 1, 1), optest.List(-1), optest.List(math.MinInt64), optest.List(1), optest.List(-2)}, Out: []optest.Tensor{optest.F(tensor.Shape{3, 2}, 4, 2, 8, 6, 12, 10)}},
		optest.Case{Name: "to the end", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.List(1), optest.List(math.MaxInt64)}, Out: []optest.Tensor{optest.F(tensor.Shape{3}, 2, 3, 4)}},
		optest.Case{Name: "step of zero", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.List(0), optest.List(4), optest.List(0), optest.List(0)}, Err: ops.CodeShape},
		optest.Case{Name: "axis beyond the rank", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{4}, 1, 1), optest.List(0), optest.List(4), optest.List(1)}, Err: ops.CodeShape},
		optest.Case{Name: "nothing", Opset: 13, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(5), optest.List(9), optest.List(1)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 0})}},
	)
}
