package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("MelWeightMatrix",
		optest.Case{Opset: 17, In: []optest.Tensor{optest.Fix(optest.I(nil, 4)), optest.Fix(optest.I(nil, 16)), optest.Fix(optest.I(nil, 8192)), optest.Fix(optest.F(nil, 0)), optest.Fix(optest.F(nil, 4096))}, Out: []optest.Tensor{optest.F(tensor.Shape{9, 4}, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)}},
		optest.Case{Name: "frequencies beyond the bins", Opset: 17, In: []optest.Tensor{optest.Fix(optest.I(nil, 4)), optest.Fix(optest.I(nil, 16)), optest.Fix(optest.I(nil, 100)), optest.Number(0), optest.Number(4096)}, Err: ops.CodeShape},
	)
}
