package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("HammingWindow",
		optest.Case{Name: "periodic", Opset: 17, In: []optest.Tensor{optest.Fix(optest.I(nil, 6))}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, 0.0869565234, 0.315217406, 0.771739125, 1, 0.771739066, 0.315217316)}},
		optest.Case{Name: "symmetric", Opset: 17, Attrs: map[string]any{"periodic": 0}, In: []optest.Tensor{optest.Fix(optest.I(nil, 5))}, Out: []optest.Tensor{optest.F(tensor.Shape{5}, 0.0869565234, 0.54347831, 1, 0.543478251, 0.0869565234)}},
		optest.Case{Name: "a variable size", Opset: 17, In: []optest.Tensor{optest.I(nil, 5)}, Err: ops.CodeNotConstant},
	)
}
