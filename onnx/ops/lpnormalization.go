package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("LpNormalization", 1, decodeLpNormalization) }

// lpNorm divides by the norm of order p, 1 or 2, along an axis; a norm of zero leaves zeros.
type lpNorm struct {
	span
	p int
}

var _ graph.Composite = lpNorm{}

// LpNormalization (ONNX 1, 22).
func decodeLpNormalization(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	o := lpNorm{span{axis: a.int("axis", -1)}, a.int("p", 2)}
	if o.p != 1 && o.p != 2 {
		a.refuse("p", "1 or 2", o.p)
	}
	return o, nil
}

func (o lpNorm) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out, err := o.eval(in[0], func(xs []float64) {
		norm := sumOf(xs, math.Abs)
		if o.p == 2 {
			norm = math.Sqrt(sumOf(xs, square))
		}
		for i := range xs {
			if norm > 0 {
				xs[i] /= norm
			}
		}
	})
	return []*tensor.Float{out}, err
}

func (o lpNorm) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	return c.done(o.rows(c, in[0], func(rows *graph.Value) *graph.Value {
		rows = c.operand(rows)
		norm := c.reduce(map[int]string{1: "ReduceL1", 2: "ReduceL2"}[o.p], rows, -1)
		return c.mul(rows, c.inverse(norm, 0))
	}))
}
