package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	optest.Register("Upsample",
		optest.Case{Name: "opset 1", Opset: 1, Attrs: map[string]any{"height_scale": 2.0, "width_scale": 2.0}, In: []optest.Tensor{optest.F(tensor.Shape{1, 1, 1, 2}, 1, 2)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 4}, 1, 1, 2, 2, 1, 1, 2, 2)}},
		optest.Case{Name: "nearest", Opset: 7, Attrs: map[string]any{"mode": "nearest", "scales": []float64{1, 1, 2, 3}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 2, 2, 2}, -0.421875, -0.484375, 0.734375, 0.53125, -0.125, -0.1875, 0.46875, 0.9375)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 2, 4, 6}, -0.421875, -0.421875, -0.421875, -0.484375, -0.484375, -0.484375, -0.421875, -0.421875, -0.421875, -0.484375, -0.484375, -0.484375, 0.734375, 0.734375, 0.734375, 0.53125, 0.53125, 0.53125, 0.734375, 0.734375, 0.734375, 0.53125, 0.53125, 0.53125, -0.125, -0.125, -0.125, -0.1875, -0.1875, -0.1875, -0.125, -0.125, -0.125, -0.1875, -0.1875, -0.1875, 0.46875, 0.46875, 0.46875, 0.9375, 0.9375, 0.9375, 0.46875, 0.46875, 0.46875, 0.9375, 0.9375, 0.9375)}},
		optest.Case{Name: "linear", Opset: 7, Attrs: map[string]any{"mode": "linear", "scales": []float64{1, 1, 2, 2}}, In: []optest.Tensor{optest.F(tensor.Shape{1, 1, 2, 3}, -0.84375, -0.6875, -0.28125, 0.015625, -0.859375, -0.890625)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 4, 6}, -0.84375, -0.765625, -0.6875, -0.484375, -0.28125, -0.28125, -0.4140625, -0.59375, -0.7734375, -0.6796875, -0.5859375, -0.5859375, 0.015625, -0.421875, -0.859375, -0.875, -0.890625, -0.890625, 0.015625, -0.421875, -0.859375, -0.875, -0.890625, -0.890625)}},
		optest.Case{Name: "scales as an input", Opset: 9, Attrs: map[string]any{"mode": "linear"}, In: []optest.Tensor{optest.F(tensor.Shape{1, 1, 3, 2}, -0.5625, -0.234375, 0.484375, 0.21875, -0.9375, -0.90625), optest.Fix(optest.F(tensor.Shape{4}, 1, 1, 2, 1.5))}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 1, 6, 3}, -0.5625, -0.34375, -0.234375, -0.0390625, -0.01822916, -0.0078125, 0.484375, 0.3072917, 0.21875, -0.2265625, -0.3046875, -0.34375, -0.9375, -0.9166666, -0.90625, -0.9375, -0.9166666, -0.90625)}},
	)
}
