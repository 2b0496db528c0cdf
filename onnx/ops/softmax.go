package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Softmax", 1, func(a *Attrs) (graph.Op, error) { return newNormalize(a, 1, true, false) })
	register("Softmax", 13, func(a *Attrs) (graph.Op, error) { return newNormalize(a, -1, false, false) })
}

// newNormalize is Softmax or, with log, LogSoftmax. Up to opset 11 (flat) the axes from axis on, 1 by default, are
// normalized together; since 13 axis alone, by default the last.
func newNormalize(a *Attrs, axis int, flat, log bool) (graph.Op, error) {
	a.inputs(1, 1)
	return normalize{span{a.int("axis", axis), flat}, log}, nil
}

// softmax is the shares of rows along their last axis.
func (c *compose) softmax(rows *graph.Value) *graph.Value {
	return c.apply("Shares", shares{}, c.exponentials(rows))
}

// scoreStep is how far apart the levels of scores are: an error of half a step moves a share by at most an eighth of it.
const scoreStep = 1.0 / 64

// softExp is exp(x - top) and top, the largest element along the last axis, which keeps extent 1.
func (c *compose) softExp(x *graph.Value) (e, top *graph.Value) {
	x = c.fine(x, scoreStep)
	top = c.reduce("ReduceMax", x, -1)
	return c.precisely("Exp", math.Exp, c.sub(x, top)), top
}

// span is the axes that an operator normalizes together: axis alone or, if flat, all from axis on.
type span struct {
	axis int
	flat bool
}

// FinalAxes is the range [from, to) of those axes in an input of the given rank.
func (o span) FinalAxes(rank int) (from, to int, err error) {
	if o.flat && o.axis == rank {
		return rank, rank, nil
	}
	if from, err = tensor.Axis(o.axis, rank); err != nil {
		return 0, 0, err
	}
	if o.flat {
		return from, rank, nil
	}
	return from, from + 1, nil
}

// Infer keeps the type of the input.
func (o span) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, _, err := o.FinalAxes(len(in[0].Type.Shape))
	return []graph.Type{in[0].Type}, err
}

// eval applies f to each set of elements that are normalized together.
func (o span) eval(x *tensor.Float, f func(xs []float64)) (*tensor.Float, error) {
	from, to, err := o.FinalAxes(len(x.Shape))
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](x.Shape)
	n, step := x.Shape[from:to].Size(), x.Shape[to:].Size()
	xs := make([]float64, n)
	for r := range x.Shape[:from].Size() {
		for c := range step {
			base := r*n*step + c
			for i := range xs {
				xs[i] = x.Data[base+i*step]
			}
			f(xs)
			for i, v := range xs {
				out.Data[base+i*step] = v
			}
		}
	}
	return out, nil
}

// rows applies f to x with its axes rearranged so that the elements to normalize together are the last of two, and
// puts the result back.
func (o span) rows(c *compose, x *graph.Value, f func(rows *graph.Value) *graph.Value) *graph.Value {
	s := c.shape(x)
	if c.err != nil {
		return nil
	}
	from, to, err := o.FinalAxes(len(s))
	if err != nil {
		c.fail(err)
		return nil
	}
	outer, n, step := s[:from].Size(), s[from:to].Size(), s[to:].Size()
	if step == 1 {
		return c.reshape(f(c.reshape(x, tensor.Shape{outer, n})), s)
	}
	v := c.transpose(c.reshape(x, tensor.Shape{outer, n, step}), 0, 2, 1)
	v = c.reshape(f(c.reshape(v, tensor.Shape{outer * step, n})), tensor.Shape{outer, step, n})
	return c.reshape(c.transpose(v, 0, 2, 1), s)
}
