package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("CenterCropPad",
		optest.Case{Name: "crop and pad", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{4, 2}, 1, 1), optest.List(1, 5)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 5}, 0, 3, 4, 0, 0)}},
		optest.Case{Name: "axes", Opset: 18, Attrs: map[string]any{"axes": []int{-1}}, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(2)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 2}, 1, 2, 4, 5)}},
		optest.Case{Name: "extents for other axes", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.List(2)}, Err: ops.CodeShape},
		optest.Case{Name: "variable extents", Opset: 18, In: []optest.Tensor{optest.Seq(tensor.Shape{2, 3}, 1, 1), optest.I(tensor.Shape{2}, 1, 2)}, Err: ops.CodeNotConstant},
	)
}
