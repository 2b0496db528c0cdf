package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("GroupNormalization", 18, func(a *Attrs) (graph.Op, error) { return newGroupNormalization(a, true) })
	register("GroupNormalization", 21, func(a *Attrs) (graph.Op, error) {
		a.stash()
		return newGroupNormalization(a, false)
	})
}

// groupNorm is (x-mean)/sqrt(variance+epsilon)*scale + bias, with statistics over each group of channels, axis 1,
// of each instance, axis 0. Each channel has a scale and a bias or, with shared, each group. It is also
// InstanceNormalization (ONNX 6, 22), where each channel is a group.
type groupNorm struct {
	groups       int
	epsilon      float64
	shared, each bool
}

var _ graph.Composite = groupNorm{}

// GroupNormalization (ONNX 18: shared; 21).
func newGroupNormalization(a *Attrs, shared bool) (graph.Op, error) {
	a.inputs(3, 3)
	o := groupNorm{a.int("num_groups", 0), a.float("epsilon", 1e-5), shared, false}
	if o.groups < 1 {
		a.refuse("num_groups", "positive", o.groups)
	}
	return o, nil
}

// split gives the instances, the groups of each, and the elements of a group.
func (o groupNorm) split(in []tensor.Shape) (n, groups, size int, err error) {
	x := in[0]
	if len(x) < 3 {
		return 0, 0, 0, fmt.Errorf("normalization: want instances x channels x more, got %v", x)
	}
	groups, per := o.groups, x[1]
	if o.each {
		groups = x[1]
	}
	if o.shared {
		per = groups
	}
	if groups < 1 || x[1]%groups != 0 {
		return 0, 0, 0, fmt.Errorf("normalization: want groups of equal size, got %d of %d channels", groups, x[1])
	}
	for i, s := range in[1:] {
		if !s.Equal(tensor.Shape{per}) {
			return 0, 0, 0, fmt.Errorf("normalization: input %d: want shape %d, got %v", i+1, per, s)
		}
	}
	return x[0], groups, x[1:].Size() / groups, nil
}

func (o groupNorm) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, _, _, err := o.split([]tensor.Shape{in[0].Type.Shape, in[1].Type.Shape, in[2].Type.Shape})
	return []graph.Type{in[0].Type}, err
}

func (o groupNorm) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	n, groups, size, err := o.split([]tensor.Shape{x.Shape, in[1].Shape, in[2].Shape})
	if err != nil {
		return nil, err
	}
	out := &tensor.Float{Shape: x.Shape, Data: append([]float64(nil), x.Data...)}
	for i := range n * groups {
		standardized(out.Data[i*size:(i+1)*size], o.epsilon)
	}
	area := x.Shape[2:].Size()
	for i := range out.Data {
		k := i / area % x.Shape[1]
		if o.shared {
			k = k / (x.Shape[1] / groups)
		}
		out.Data[i] = out.Data[i]*in[1].Data[k] + in[2].Data[k]
	}
	return []*tensor.Float{out}, nil
}

func (o groupNorm) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c, v := composing(x), in[0]
	s := v.Type.Shape
	n, groups, size, err := o.split([]tensor.Shape{s, in[1].Type.Shape, in[2].Type.Shape})
	if err != nil {
		return nil, err
	}
	y := c.standardize(c.reshape(v, tensor.Shape{n * groups, size}), o.epsilon)
	shape := s
	if o.shared {
		shape = tensor.Shape{n, groups, size}
	}
	y = c.reshape(y, shape)
	per := perChannel(in[1].Type.Shape[0], len(shape))
	y = c.add(c.mul(y, c.reshape(in[1], per)), c.reshape(in[2], per))
	return c.done(c.reshape(y, s))
}
