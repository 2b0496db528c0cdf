package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Hardmax", 1, func(a *Attrs) (graph.Op, error) { return newHardmax(a, 1, true) })
	register("Hardmax", 13, func(a *Attrs) (graph.Op, error) { return newHardmax(a, -1, false) })
}

// hardmax is 1 for the first of the largest elements, else 0. Its axes are those of Softmax.
type hardmax struct{ span }

var _ graph.Composite = hardmax{}

// Hardmax (ONNX 1, 11, 13).
func newHardmax(a *Attrs, axis int, flat bool) (graph.Op, error) {
	a.inputs(1, 1)
	return hardmax{span{a.int("axis", axis), flat}}, nil
}

func (o hardmax) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out, err := o.eval(in[0], func(xs []float64) {
		best := 0
		for i, x := range xs {
			if x > xs[best] {
				best = i
			}
		}
		for i := range xs {
			xs[i] = 0
			if i == best {
				xs[i] = 1
			}
		}
	})
	return []*tensor.Float{out}, err
}

func (o hardmax) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	return c.done(o.rows(c, in[0], func(rows *graph.Value) *graph.Value {
		at := c.op("ArgMax", attrs{"axis": int64(1), "keepdims": int64(1)}, rows)
		all := tensor.Shape{1, 0}
		if c.err == nil {
			all[1] = rows.Type.Shape[1]
		}
		return c.cast(c.op("Equal", nil, at, c.reshape(c.ints(count(0, all[1])...), all)), in[0].Type.DType)
	}))
}
