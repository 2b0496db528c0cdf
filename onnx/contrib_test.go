package onnx_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/onnx/ops"
)

// TestContrib runs operators of ONNX Runtime's optimizer against what they stand for.
func TestContrib(t *testing.T) {
	data := []float64{-1, 2, 0.25, -3}
	x := optest.F(tensor.Shape{2, 2}, data...)
	bias := named("b", optest.F(tensor.Shape{2}, 1, -1))
	gelu := func(x float64) float64 { return x / 2 * (1 + math.Erf(x/math.Sqrt2)) }
	fast := func(x float64) float64 {
		return x / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
	}
	each := func(f func(i int, x float64) float64) []float64 {
		r := make([]float64, len(data))
		for i, x := range data {
			r[i] = f(i, x)
		}
		return r
	}
	plus := []float64{1, -1, 1, -1}
	image := []optest.Tensor{named("w", optest.F(tensor.Shape{1, 1, 1, 1}, 2))}
	for name, c := range map[string]struct {
		op    string
		attrs map[string]any
		fixed []optest.Tensor
		shape tensor.Shape // of x
		outs  []string
		want  map[string][]float64
		code  string
	}{
		"gelu":                  {op: "Gelu", want: map[string][]float64{"y": each(func(_ int, x float64) float64 { return gelu(x) })}},
		"bias gelu":             {op: "BiasGelu", fixed: []optest.Tensor{bias}, want: map[string][]float64{"y": each(func(i int, x float64) float64 { return gelu(x + plus[i]) })}},
		"fast gelu":             {op: "FastGelu", want: map[string][]float64{"y": each(func(_ int, x float64) float64 { return fast(x) })}},
		"fast gelu with a bias": {op: "FastGelu", fixed: []optest.Tensor{bias}, want: map[string][]float64{"y": each(func(i int, x float64) float64 { return fast(x + plus[i]) })}},
		"quick gelu":            {op: "QuickGelu", attrs: map[string]any{"alpha": 2.0}, want: map[string][]float64{"y": each(func(_ int, x float64) float64 { return x / (1 + math.Exp(-2*x)) })}},
		"matmul":                {op: "FusedMatMul", fixed: []optest.Tensor{named("w", optest.F(tensor.Shape{2, 2}, 1, 2, 3, 4))}, attrs: map[string]any{"transA": 1, "transB": 1, "alpha": 0.5}, want: map[string][]float64{"y": {-0.25, -1, -2, -3}}},
		"gemm":                  {op: "FusedGemm", fixed: []optest.Tensor{named("w", optest.F(tensor.Shape{2, 2}, 1, 2, 3, 4)), bias}, attrs: map[string]any{"activation": "LeakyRelu", "activation_alpha": 0.5}, want: map[string][]float64{"y": {6, 5, -3.875, -6.25}}},
		"conv":                  {op: "FusedConv", fixed: image, shape: tensor.Shape{1, 1, 2, 2}, attrs: map[string]any{"activation": "Clip", "activation_params": []float64{-1, 3}}, want: map[string][]float64{"y": {-1, 3, 0.5, -1}}},
		"conv and a sum": {op: "FusedConv", fixed: append(image, named("", optest.Tensor{}), named("z", optest.F(tensor.Shape{1, 1, 2, 2}, 1, 1, 1, 1))), shape: tensor.Shape{1, 1, 2, 2},
			attrs: map[string]any{"activation": "Relu"}, want: map[string][]float64{"y": {0, 5, 1.5, 0}}},
		"unknown activation": {op: "FusedGemm", fixed: []optest.Tensor{named("w", optest.F(tensor.Shape{2, 2}, 1, 2, 3, 4))}, attrs: map[string]any{"activation": "Step"}, code: onnx.CodeBadAttribute},
		"normalization": {op: "SkipLayerNormalization", fixed: []optest.Tensor{named("s", optest.F(tensor.Shape{2, 2}, 0, 1, 2, 3)), named("g", optest.F(tensor.Shape{2}, 1, 2)), bias}, attrs: map[string]any{"epsilon": 0.0},
			outs: list("y", "", "", "sum"), want: map[string][]float64{"y": {0, 1, 2, -3}, "sum": {-1, 3, 2.25, 0}}},
	} {
		t.Run(name, func(t *testing.T) {
			in, outs := list("x"), c.outs
			var fixed []optest.Tensor
			for _, f := range c.fixed {
				if in = append(in, f.Name); f.Value != nil {
					fixed = append(fixed, f)
				}
			}
			if outs == nil {
				outs = list("y")
			}
			shape := c.shape
			if shape == nil {
				shape = tensor.Shape{2, 2}
			}
			p := port("x")
			for _, d := range shape {
				p.Dims = append(p.Dims, d)
			}
			m := optest.Model{Opset: 17, Domains: map[string]int{ops.DomainMicrosoft: 1}, Inputs: []optest.Port{p}, Init: fixed,
				Nodes: []optest.Node{{Name: "n", Op: c.op, Domain: ops.DomainMicrosoft, In: in, Out: outs, Attrs: c.attrs}}}
			for name := range c.want {
				m.Outputs = append(m.Outputs, name)
			}
			if c.code != "" {
				m.Outputs = outs
			}
			g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
			if c.code != "" {
				var coded *onnx.Error
				require.ErrorAs(t, err, &coded)
				require.Equal(t, c.code, coded.Code, err)
				return
			}
			require.NoError(t, err)
			got, err := g.Run(map[string]*tensor.Float{"x": {Shape: shape, Data: x.Value.Data}}, nil)
			require.NoError(t, err)
			for name, w := range c.want {
				require.NoError(t, optest.Near(got[name], optest.F(shape, w...).Value, 1e-6, 1e-5), name)
			}
		})
	}
}
