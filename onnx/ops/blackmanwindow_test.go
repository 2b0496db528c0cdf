package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("BlackmanWindow",
		optest.Case{Name: "periodic", Opset: 17, In: []optest.Tensor{optest.Fix(optest.I(nil, 6))}, Out: []optest.Tensor{optest.F(tensor.Shape{6}, 0, 0.129999995, 0.629999995, 1, 0.629999995, 0.129999995)}},
		optest.Case{Name: "symmetric", Opset: 17, Attrs: map[string]any{"periodic": 0}, In: []optest.Tensor{optest.Fix(optest.I(nil, 5))}, Out: []optest.Tensor{optest.F(tensor.Shape{5}, 0, 0.340000004, 1, 0.340000004, 0)}},
		optest.Case{Name: "a variable size", Opset: 17, In: []optest.Tensor{optest.I(nil, 5)}, Err: ops.CodeNotConstant},
	)
}
