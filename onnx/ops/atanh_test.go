package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Atanh",
		optest.Case{Opset: 9, In: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -0.9, -0.5, -0.1, 0.1, 0.5, 0.9)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, -1.47221949, -0.549306144, -0.100335348, 0.100335348, 0.549306144, 1.47221949)}},
	)
}
