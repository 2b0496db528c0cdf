package ops

import (
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// labeled is a value whose axes have labels, each once.
type labeled struct {
	v    *graph.Value
	axes []int
}

// Expand multiplies the inputs one after the other, each step a matrix product over the labels that nothing later
// reads.
func (o einsum) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		shapes[i] = v.Type.Shape
	}
	l, err := o.label(shapes)
	if err != nil {
		return nil, err
	}
	c := composing(x)
	var acc labeled
	for i, v := range in {
		t := l.distinct(c, v, l.terms[i])
		later := slices.Clone(l.result)
		for _, axes := range l.terms[i+1:] {
			later = append(later, axes...)
		}
		if i == 0 {
			acc = l.sumOut(c, t, later)
		} else {
			acc = l.product(c, l.sumOut(c, acc, append(slices.Clone(later), t.axes...)), l.sumOut(c, t, append(slices.Clone(later), acc.axes...)), later)
		}
	}
	return c.done(l.arrange(c, acc, l.result))
}

// distinct takes the diagonal where a label is repeated, and stretches axes of an ellipsis.
func (l labeling) distinct(c *compose, v *graph.Value, axes []int) labeled {
	var once []int
	for _, a := range axes {
		if !slices.Contains(once, a) {
			once = append(once, a)
		}
	}
	s := v.Type.Shape
	if len(once) == len(axes) {
		return labeled{c.expand(v, l.shape(axes)), axes}
	}
	st := s.Strides()
	out := l.shape(once)
	index := make([]int, 0, out.Size())
	walk(out, func(_ int, at []int) {
		from := 0
		for k, a := range axes {
			if s[k] > 1 {
				from += at[slices.Index(once, a)] * st[k]
			}
		}
		index = append(index, from)
	})
	flat := c.reshape(v, tensor.Shape{s.Size()})
	return labeled{c.reshape(c.op("Gather", nil, flat, c.ints(index...)), out), once}
}

// sumOut sums over the labels that keep lacks.
func (l labeling) sumOut(c *compose, t labeled, keep []int) labeled {
	var left, sums []int
	for k, a := range t.axes {
		if slices.Contains(keep, a) {
			left = append(left, a)
		} else {
			sums = append(sums, k)
		}
	}
	if len(sums) == 0 {
		return t
	}
	return labeled{c.reshape(c.reduce("ReduceSum", t.v, sums...), l.shape(left)), left}
}

// product multiplies a and b and sums over the labels of both that later lacks.
func (l labeling) product(c *compose, a, b labeled, later []int) labeled {
	var both, summed, onlyA, onlyB []int
	for _, x := range a.axes {
		switch {
		case !slices.Contains(b.axes, x):
			onlyA = append(onlyA, x)
		case slices.Contains(later, x):
			both = append(both, x)
		default:
			summed = append(summed, x)
		}
	}
	for _, x := range b.axes {
		if !slices.Contains(a.axes, x) {
			onlyB = append(onlyB, x)
		}
	}
	axes := slices.Concat(both, onlyA, onlyB)
	batch, m, k, n := l.shape(both).Size(), l.shape(onlyA).Size(), l.shape(summed).Size(), l.shape(onlyB).Size()
	left, right := l.arrange(c, a, slices.Concat(both, onlyA, summed)), l.arrange(c, b, slices.Concat(both, summed, onlyB))
	var y *graph.Value
	switch {
	case len(summed) == 0:
		y = c.mul(c.reshape(left, tensor.Shape{batch, m, 1}), c.reshape(right, tensor.Shape{batch, 1, n}))
	case len(both) == 0:
		y = c.matmul(c.reshape(left, tensor.Shape{m, k}), c.reshape(right, tensor.Shape{k, n}))
	default:
		y = c.matmul(c.reshape(left, tensor.Shape{batch, m, k}), c.reshape(right, tensor.Shape{batch, k, n}))
	}
	return labeled{c.reshape(y, l.shape(axes)), axes}
}

// arrange permutes the axes.
func (l labeling) arrange(c *compose, t labeled, axes []int) *graph.Value {
	perm := make([]int, len(axes))
	same := true
	for i, a := range axes {
		perm[i] = slices.Index(t.axes, a)
		same = same && perm[i] == i
	}
	if same {
		return t.v
	}
	return c.transpose(t.v, perm...)
}
