package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// narrow passes its input on. Expansions put it where a value that several operators read, each a part of it, is to
// be rounded once and as a whole.
type narrow struct{}

func (narrow) Infer(in []*graph.Value) ([]graph.Type, error) { return []graph.Type{in[0].Type}, nil }

func (narrow) Eval(in []*tensor.Float) ([]*tensor.Float, error) { return in[:1], nil }

func (narrow) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Round(in[0]))
}

// narrow is v rounded to the precision of an activation.
func (c *compose) narrow(v *graph.Value) *graph.Value {
	if c.err != nil || v.Const != nil {
		return v
	}
	outs, err := c.x.Add("Narrow", narrow{}, v)
	if err != nil {
		c.fail(err)
		return nil
	}
	return outs[0]
}
