package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("RotaryEmbedding", 23, decodeRotaryEmbedding) }

// rotary turns pairs of elements of each head by angles that depend on the position: the first size elements of a head are
// pairs, of neighbours where interleaved, else of the two halves. Cosines and sines come for each instance and position,
// or in tables that position numbers select from.
type rotary struct {
	heads, size int // 0 for an axis of heads, and for all elements of a head
	interleaved bool
}

var _ graph.Composite = rotary{}

// RotaryEmbedding (ONNX 23).
func decodeRotaryEmbedding(a *Attrs) (graph.Op, error) {
	a.inputs(3, 4)
	return rotary{a.int("num_heads", 0), a.int("rotary_embedding_dim", 0), a.flag("interleaved", false)}, nil
}

// plan gives the shape of x as batch x positions x heads x elements, and the number of elements that are turned.
func (o rotary) plan(in []tensor.Shape) (s tensor.Shape, size int, err error) {
	x := in[0]
	switch {
	case len(x) == 4:
		s = tensor.Shape{x[0], x[2], x[1], x[3]}
	case len(x) == 3 && o.heads > 0 && x[2]%o.heads == 0:
		s = tensor.Shape{x[0], x[1], o.heads, x[2] / o.heads}
	default:
		return nil, 0, fmt.Errorf("rotary embedding: want 4 axes, or 3 with a number of heads, got %v and %d", x, o.heads)
	}
	if size = o.size; size == 0 {
		size = s[3]
	}
	if size < 2 || size%2 != 0 || size > s[3] {
		return nil, 0, fmt.Errorf("rotary embedding: want an even number of at most %d elements to turn, got %d", s[3], size)
	}
	table := tensor.Shape{s[0], s[1], size / 2}
	for _, t := range in[1:3] {
		if len(in) > 3 {
			if len(t) != 2 || t[1] != size/2 {
				return nil, 0, fmt.Errorf("rotary embedding: want tables of rows of %d, got %v", size/2, t)
			}
		} else if !t.Equal(table) {
			return nil, 0, fmt.Errorf("rotary embedding: want tables of shape %v, got %v", table, t)
		}
	}
	if len(in) > 3 && !in[3].Equal(tensor.Shape{s[0], s[1]}) {
		return nil, 0, fmt.Errorf("rotary embedding: want position numbers of shape %dx%d, got %v", s[0], s[1], in[3])
	}
	return s, size, nil
}

func (o rotary) Infer(in []*graph.Value) ([]graph.Type, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		shapes[i] = v.Type.Shape
	}
	_, _, err := o.plan(shapes)
	return []graph.Type{in[0].Type}, err
}

// pair is the positions of the two elements of pair i.
func (o rotary) pair(i, size int) (int, int) {
	if o.interleaved {
		return 2 * i, 2*i + 1
	}
	return i, i + size/2
}

func (o rotary) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, t := range in {
		shapes[i] = t.Shape
	}
	s, size, err := o.plan(shapes)
	if err != nil {
		return nil, err
	}
	x := &tensor.Float{Shape: s, Data: in[0].Data}
	if len(in[0].Shape) == 4 {
		x = transpose(in[0], []int{0, 2, 1, 3})
	}
	out := &tensor.Float{Shape: s, Data: append([]float64(nil), x.Data...)}
	half := size / 2
	for h := range s[:3].Size() {
		at := h / s[2] // instance and position
		if len(in) > 3 {
			if at = int(in[3].Data[at]); at < 0 || at >= in[1].Shape[0] {
				return nil, fmt.Errorf("rotary embedding: want positions within [0, %d), got %d", in[1].Shape[0], at)
			}
		}
		for i := range half {
			cos, sin := in[1].Data[at*half+i], in[2].Data[at*half+i]
			a, b := o.pair(i, size)
			a, b = h*s[3]+a, h*s[3]+b
			out.Data[a] = cos*x.Data[a] - sin*x.Data[b]
			out.Data[b] = sin*x.Data[a] + cos*x.Data[b]
		}
	}
	if len(in[0].Shape) == 4 {
		out = transpose(out, []int{0, 2, 1, 3})
	}
	return []*tensor.Float{{Shape: in[0].Shape, Data: out.Data}}, nil
}

func (o rotary) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		shapes[i] = v.Type.Shape
	}
	s, size, err := o.plan(shapes)
	if err != nil {
		return nil, err
	}
	c, v := composing(x), in[0]
	if len(shapes[0]) == 4 {
		v = c.transpose(v, 0, 2, 1, 3)
	}
	v = c.reshape(v, s)
	half := size / 2
	angle := tensor.Shape{s[0], s[1], 1, half}
	table := func(t *graph.Value) *graph.Value {
		if len(in) > 3 {
			t = c.op("Gather", attrs{"axis": int64(0)}, t, in[3])
		}
		return c.reshape(t, angle)
	}
	cos, sin := table(in[1]), table(in[2])
	part := func(from, step int) *graph.Value {
		return c.op("Slice", nil, v, c.ints(from), c.ints(min(from+step*half, size)), c.ints(3), c.ints(step))
	}
	var a, b *graph.Value
	if o.interleaved {
		a, b = part(0, 2), part(1, 2)
	} else {
		a, b = part(0, 1), part(half, 1)
	}
	left := c.sub(c.mul(a, cos), c.mul(b, sin))
	right := c.add(c.mul(a, sin), c.mul(b, cos))
	var turned *graph.Value
	if o.interleaved {
		five := tensor.Shape{s[0], s[1], s[2], half, 1}
		turned = c.reshape(c.concat(4, c.reshape(left, five), c.reshape(right, five)), tensor.Shape{s[0], s[1], s[2], size})
	} else {
		turned = c.concat(3, left, right)
	}
	if size < s[3] {
		turned = c.concat(3, turned, c.slice(v, 3, size, s[3]))
	}
	if len(shapes[0]) == 4 {
		turned = c.transpose(turned, 0, 2, 1, 3)
	}
	return c.done(c.reshape(turned, shapes[0]))
}
