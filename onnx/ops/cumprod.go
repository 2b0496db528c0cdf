package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("CumProd", 26, decodeCumProd) }

// cumProd (ONNX 26) multiplies, for each position along axis, the elements up to it, as CumSum adds them.
type cumProd struct{ of cumSum }

var _ graph.Composite = cumProd{}

// The axis must be constant.
func decodeCumProd(a *Attrs) (graph.Op, error) {
	o, err := decodeCumSum(a)
	if err != nil {
		return nil, err
	}
	return cumProd{o.(cumSum)}, nil
}

func (o cumProd) Infer(in []*graph.Value) ([]graph.Type, error) { return o.of.Infer(in) }

func (o cumProd) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	axis, err := tensor.Axis(o.of.axis, len(x.Shape))
	if err != nil {
		return nil, err
	}
	n, step := x.Shape[axis], x.Shape[axis+1:].Size()
	out := tensor.New[float64](x.Shape)
	for i := range out.Data {
		out.Data[i] = 1
		to := i / step % n
		for from := range n {
			if o.of.adds(from, to) {
				out.Data[i] *= x.Data[i+(from-to)*step]
			}
		}
	}
	return []*tensor.Float{out}, nil
}

// Expand implements graph.Composite.
func (o cumProd) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	s := in[0].Type.Shape
	axis, err := tensor.Axis(o.of.axis, len(s))
	if err != nil {
		return nil, err
	}
	c := composing(x)
	n := s[axis]
	at := func(i int) int {
		if o.of.reverse {
			return n - 1 - i
		}
		return i
	}
	parts := make([]*graph.Value, n)
	var running *graph.Value
	if o.of.exclusive {
		ones := tensor.New[float64](splice(s, axis, tensor.Shape{1}))
		for i := range ones.Data {
			ones.Data[i] = 1
		}
		parts[at(0)] = c.tensor(in[0], ones)
	}
	for i := range n {
		to := i
		if o.of.exclusive {
			to++
		}
		if to == n {
			break
		}
		part := c.slice(in[0], axis, at(i), at(i)+1)
		if running == nil {
			running = part
		} else {
			running = c.apply("Mul", exactProduct, running, part)
		}
		parts[at(to)] = running
	}
	y := c.concat(axis, parts...)
	if n == 1 {
		y = c.op("Identity", nil, y)
	}
	return c.done(y)
}
