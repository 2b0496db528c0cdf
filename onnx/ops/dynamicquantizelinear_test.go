package ops_test

import (
	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	optest.Register("DynamicQuantizeLinear",
		optest.Case{Name: "", Opset: 11, In: []optest.Tensor{
			optest.Of(tensor.Float32, tensor.Shape{6}, 0, 2, -3, -2.5, 1.340000033378601, 0.5)},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{6}, 153, 255, 0, 26, 221, 179), optest.Of(tensor.Float32, nil, 0.019607843831181526), optest.Of(tensor.Uint8, nil, 153)}, Lower: graph.CodeLower},
		optest.Case{Name: "zeros", Opset: 11, In: []optest.Tensor{
			optest.Of(tensor.Float32, tensor.Shape{2}, 0, 0)},
			Out: []optest.Tensor{optest.Of(tensor.Uint8, tensor.Shape{2}, 0, 0), optest.Of(tensor.Float32, nil, 1), optest.Of(tensor.Uint8, nil, 0)}, Lower: graph.CodeLower},
	)
}
