package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// hint passes its input on; lower says how precisely the program keeps it.
type hint struct {
	lower func(b *program.Builder, x *program.Value) (*program.Value, error)
}

func (hint) Infer(in []*graph.Value) ([]graph.Type, error)    { return []graph.Type{in[0].Type}, nil }
func (hint) Eval(in []*tensor.Float) ([]*tensor.Float, error) { return in[:1], nil }
func (o hint) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if in[0].Const() != nil {
		return in[:1], nil
	}
	return one(o.lower(b, in[0]))
}

// exact computes x without rounding where its integers stay small, so that products of it are exact.
func (c *compose) exact(x *graph.Value) *graph.Value {
	return c.apply("Exact", hint{(*program.Builder).Exact}, x)
}

// fine rounds x to levels at most step apart, as far as tables bear it.
func (c *compose) fine(x *graph.Value, step float64) *graph.Value {
	return c.apply("Round", hint{func(b *program.Builder, x *program.Value) (*program.Value, error) { return b.Levels(x, step) }}, x)
}

// operand rounds x once for several products.
func (c *compose) operand(x *graph.Value) *graph.Value { return c.fine(x, math.Inf(1)) }

// finer rounds x to a few more bits than an activation, for good: the sum that a residual layer goes on with is short then,
// and what is normalized precise.
func (c *compose) finer(x *graph.Value) *graph.Value {
	return c.apply("Round", hint{(*program.Builder).Finer}, x)
}

// precise is a function whose result has more levels than an activation: a table costs its rows, not their width.
type precise struct{ unary }

// preciseBits is the width of the result.
const preciseBits = 16

func (o precise) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	v, err := b.Map(in[0], o.f)
	if err == nil {
		v.SetBits(preciseBits)
	}
	return one(v, err)
}

// precisely applies f, which never decreases, to each element.
func (c *compose) precisely(kind string, f func(float64) float64, x *graph.Value) *graph.Value {
	return c.apply(kind, precise{unary{f: f, monotone: true}}, x)
}
