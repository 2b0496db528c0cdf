package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("ImageScaler",
		optest.Case{Opset: 7, Attrs: map[string]any{"scale": 2.0, "bias": []float64{1, -1}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1, 2}, 1, 2, 3, 4)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1, 2}, 3, 5, 5, 7)}},
		optest.Case{Name: "no bias", Opset: 1, Attrs: map[string]any{"scale": 0.5}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1, 1}, 1, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1, 1}, 0.5, 1)}},
		optest.Case{Name: "a bias for another channel", Opset: 1, Attrs: map[string]any{"bias": []float64{1, -1, 0}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 1, 1}, 1, 2)}, Err: ops.CodeShape},
	)
}
