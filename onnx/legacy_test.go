package onnx_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx"
)

// TestLegacy runs operators in the forms that they had before opset 7.
func TestLegacy(t *testing.T) {
	used := []int{0, 0}
	x := optest.F(tensor.Shape{1, 2, 1, 2}, -1, 2, 0.25, -3)
	channel := named("k", optest.F(tensor.Shape{2}, 10, 0.5))
	pair := named("k", optest.F(tensor.Shape{1, 2, 1, 2}, 2, 2, 4, 1))
	number := func(name string, v float64) optest.Tensor { return named(name, optest.F(tensor.Shape{1}, v)) }
	for name, c := range map[string]struct {
		op    string
		opset int
		attrs map[string]any
		fixed []optest.Tensor
		want  []float64
		shape tensor.Shape // x's where nil
		code  string
	}{
		"relu":              {op: "Relu", opset: 1, attrs: map[string]any{"consumed_inputs": used}, want: []float64{0, 2, 0.25, 0}},
		"leaky":             {op: "LeakyRelu", opset: 5, attrs: map[string]any{"consumed_inputs": used, "alpha": 0.5}, want: []float64{-0.5, 2, 0.25, -1.5}},
		"add":               {op: "Add", opset: 6, fixed: []optest.Tensor{pair}, want: []float64{1, 4, 4.25, -2}},
		"mul along axis":    {op: "Mul", opset: 6, attrs: map[string]any{"broadcast": 1, "axis": 1}, fixed: []optest.Tensor{channel}, want: []float64{-10, 20, 0.125, -1.5}},
		"sub along the end": {op: "Sub", opset: 3, attrs: map[string]any{"broadcast": 1, "consumed_inputs": used}, fixed: []optest.Tensor{channel}, want: []float64{-11, 1.5, -9.75, -3.5}},
		"not broadcast":     {op: "Add", opset: 6, fixed: []optest.Tensor{channel}, code: onnx.CodeShape},
		"beyond":            {op: "Add", opset: 6, attrs: map[string]any{"broadcast": 1, "axis": 7}, fixed: []optest.Tensor{channel}, code: onnx.CodeShape},
		"max":               {op: "Max", opset: 1, fixed: []optest.Tensor{pair}, want: []float64{2, 2, 4, 1}},
		"prelu":             {op: "PRelu", opset: 6, fixed: []optest.Tensor{channel}, want: []float64{-10, 2, 0.25, -1.5}},
		"prelu of one":      {op: "PRelu", opset: 1, fixed: []optest.Tensor{number("k", 2)}, want: []float64{-2, 2, 0.25, -6}},
		"clip":              {op: "Clip", opset: 1, attrs: map[string]any{"min": -0.5}, want: []float64{-0.5, 2, 0.25, -0.5}},
		"cast":              {op: "Cast", opset: 1, attrs: map[string]any{"to": "DOUBLE"}, want: []float64{-1, 2, 0.25, -3}},
		"cast to a word":    {op: "Cast", opset: 1, attrs: map[string]any{"to": "STRING"}, code: onnx.CodeBadAttribute},
		"concat":            {op: "Concat", opset: 1, fixed: []optest.Tensor{pair}, want: []float64{-1, 2, 0.25, -3, 2, 2, 4, 1}, shape: tensor.Shape{1, 4, 1, 2}},
		"dropout":           {op: "Dropout", opset: 6, attrs: map[string]any{"is_test": 1, "ratio": 0.9}, want: []float64{-1, 2, 0.25, -3}},
		"reshape":           {op: "Reshape", opset: 1, attrs: map[string]any{"shape": []int{2, -1}}, want: []float64{-1, 2, 0.25, -3}, shape: tensor.Shape{2, 2}},
		"pad":               {op: "Pad", opset: 1, attrs: map[string]any{"paddings": []int{0, 0, 0, 1, 0, 0, 0, 0}, "value": 7.0}, want: []float64{7, -1, 2, 7, 0.25, -3}, shape: tensor.Shape{1, 2, 1, 3}},
		"tile":              {op: "Tile", opset: 1, fixed: []optest.Tensor{number("n", 2), number("a", 2)}, want: []float64{-1, 2, -1, 2, 0.25, -3, 0.25, -3}, shape: tensor.Shape{1, 2, 2, 2}},
		"split":             {op: "Split", opset: 1, attrs: map[string]any{"axis": 1, "split": []int{2}}, want: []float64{-1, 2, 0.25, -3}},
		"average":           {op: "AveragePool", opset: 1, attrs: map[string]any{"kernel_shape": []int{1, 2}}, want: []float64{0.5, -1.375}, shape: tensor.Shape{1, 2, 1, 1}},
		"batch": {op: "BatchNormalization", opset: 6, attrs: map[string]any{"is_test": 1, "epsilon": 0.0}, want: []float64{0, 3, 0.25 * 0.5, -1.5},
			fixed: []optest.Tensor{named("s", optest.F(tensor.Shape{2}, 1, 1)), named("b", optest.F(tensor.Shape{2}, 0, 0)), named("m", optest.F(tensor.Shape{2}, -1, 0)), named("v", optest.F(tensor.Shape{2}, 1, 4))}},
		"batch in training": {op: "BatchNormalization", opset: 6, code: onnx.CodeBadAttribute,
			fixed: []optest.Tensor{named("s", optest.F(tensor.Shape{2}, 1, 1)), named("b", optest.F(tensor.Shape{2}, 0, 0)), named("m", optest.F(tensor.Shape{2}, -1, 0)), named("v", optest.F(tensor.Shape{2}, 1, 4))}},
	} {
		t.Run(name, func(t *testing.T) {
			in := list("x")
			for _, f := range c.fixed {
				in = append(in, f.Name)
			}
			m := one(port("x", 1, 2, 1, 2), c.fixed, node(c.op, in, list("y"), c.attrs))
			m.Opset = c.opset
			g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
			if c.code != "" {
				var coded *onnx.Error
				require.ErrorAs(t, err, &coded)
				require.Equal(t, c.code, coded.Code, err)
				return
			}
			require.NoError(t, err)
			got, err := g.Run(map[string]*tensor.Float{"x": x.Value}, nil)
			require.NoError(t, err)
			shape := c.shape
			if shape == nil {
				shape = x.Value.Shape
			}
			require.NoError(t, optest.Near(got["y"], optest.F(shape, c.want...).Value, 1e-6, 0))
		})
	}
}

// TestOperators lists control flow and earlier forms beside the operators of package ops.
func TestOperators(t *testing.T) {
	ranges := map[string]string{}
	for _, e := range onnx.Operators() {
		require.NotContains(t, ranges, e.Domain+"."+e.Name, "listed twice")
		ranges[e.Domain+"."+e.Name] = e.Opsets
	}
	require.Equal(t, "1-28", ranges[".Loop"])
	require.Equal(t, "8-28", ranges[".Scan"])
	require.Equal(t, "1-28", ranges[".Add"])
	require.Equal(t, "11-28", ranges[".SequenceAt"])
}
