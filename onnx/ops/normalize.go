package ops

import (
	"math"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// normalize is Softmax, or its logarithm. The reader of a proof applies it where it ends a model.
type normalize struct {
	span
	log bool
}

var (
	_ graph.Final     = normalize{}
	_ graph.Composite = normalize{}
)

func (o normalize) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out, err := o.eval(in[0], func(xs []float64) {
		if len(xs) == 0 {
			return
		}
		top := slices.Max(xs)
		sum := math.Log(sumOf(xs, func(x float64) float64 { return math.Exp(x - top) }))
		for i, x := range xs {
			if xs[i] = x - top - sum; !o.log {
				xs[i] = math.Exp(xs[i])
			}
		}
	})
	return []*tensor.Float{out}, err
}

func (o normalize) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	if rank := len(in[0].Type.Shape); !o.log && (o.axis == -1 || o.axis == rank-1) {
		return c.done(c.softmax(in[0]))
	}
	return c.done(o.rows(c, in[0], func(rows *graph.Value) *graph.Value {
		if o.log {
			return c.logSoftmax(rows)
		}
		return c.softmax(rows)
	}))
}
