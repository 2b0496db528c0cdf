package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("Normalizer", 1, decodeNormalizer) }

// normalizer divides each row by its norm; a row whose norm is zero stays as it is. The norm MAX is the largest
// element, not the largest magnitude.
type normalizer struct{ norm norm }

// norm of a row, directly and as an expansion that keeps the axis.
type norm struct {
	eval   func(row []float64) float64
	expand func(c *compose, v *graph.Value, axis int) *graph.Value
}

var norms = map[string]norm{
	"MAX": {
		func(row []float64) float64 {
			m := math.Inf(-1)
			for _, x := range row {
				m = math.Max(m, x)
			}
			return m
		},
		func(c *compose, v *graph.Value, axis int) *graph.Value { return c.reduce("ReduceMax", v, axis) },
	},
	"L1": {
		func(row []float64) float64 {
			sum := 0.0
			for _, x := range row {
				sum += math.Abs(x)
			}
			return sum
		},
		func(c *compose, v *graph.Value, axis int) *graph.Value { return c.reduce("ReduceSum", c.abs(v), axis) },
	},
	"L2": {
		func(row []float64) float64 { return math.Sqrt(inner(row, row)) },
		func(c *compose, v *graph.Value, axis int) *graph.Value {
			return c.sqrt(c.reduce("ReduceSum", c.square(v), axis))
		},
	},
}

// Normalizer (ai.onnx.ml 1).
func decodeNormalizer(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	name := a.string("norm", "MAX")
	n, ok := norms[name]
	if !ok {
		a.refuse("norm", "MAX, L1 or L2", name)
	}
	return normalizer{n}, nil
}

func (o normalizer) Infer(in []*graph.Value) ([]graph.Type, error) {
	s := in[0].Type.Shape
	if len(s) == 0 || len(s) > 2 || s.Size() == 0 {
		return nil, &graph.Error{Code: CodeShape, Want: "one row or rows of features", Got: s.String()}
	}
	return []graph.Type{{DType: tensor.Float32, Shape: s}}, nil
}

func (o normalizer) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s := in[0].Shape
	y, n := tensor.New[float64](s), s[len(s)-1]
	for r := 0; r < len(y.Data); r += n {
		row := in[0].Data[r : r+n]
		d := o.norm.eval(row)
		if d == 0 {
			d = 1
		}
		for i, x := range row {
			y.Data[r+i] = x / d
		}
	}
	return []*tensor.Float{y}, nil
}

func (o normalizer) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	v := c.cast(in[0], tensor.Float32)
	d := o.norm.expand(c, v, len(in[0].Type.Shape)-1)
	d = c.op("Where", nil, c.op("Equal", nil, d, c.number(d, 0)), c.number(d, 1), d)
	return c.done(c.div(v, d))
}
