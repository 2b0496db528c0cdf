package ops

import (
	"fmt"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// Expand unrolls the recurrence. Corresponding values of all steps are grouped, so that steps share scales and
// tables; what a step hands to the next is rounded there, once.
func (o recurrent) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		if v != nil {
			shapes[i] = v.Type.Shape
		}
	}
	e, err := o.fit(shapes)
	if err != nil {
		return nil, err
	}
	seq := in[0]
	if o.batch {
		seq = c.transpose(seq, 1, 0, 2)
	}
	seq = c.narrow(seq)
	var ys []*graph.Value
	last := make([][]*graph.Value, o.states())
	for k, reverse := range o.reverse {
		y, states := o.unroll(c, in, seq, k, reverse, e)
		ys = append(ys, c.reshape(y, tensor.Shape{e.steps, 1, e.batch, e.hidden}))
		for i, s := range states {
			last[i] = append(last[i], c.reshape(s, tensor.Shape{1, e.batch, e.hidden}))
		}
	}
	outs := []*graph.Value{c.concat(1, ys...)}
	if o.batch {
		outs[0] = c.transpose(outs[0], 2, 0, 1, 3)
	}
	for _, s := range last {
		v := c.concat(0, s...)
		if o.batch {
			v = c.transpose(v, 1, 0, 2)
		}
		outs = append(outs, v)
	}
	return c.done(outs[:x.Outputs()]...)
}

// unroll gives the hidden states of one direction by time, T x N x H, and the last states, N x H.
func (o recurrent) unroll(c *compose, in []*graph.Value, seq *graph.Value, direction int, reverse bool, e extents) (y *graph.Value, states []*graph.Value) {
	w := o.values(c, in, direction, e)
	states = o.initial(c, in, direction, e)
	steps := e.steps
	if o.lens != nil {
		steps = slices.Max(append([]int{0}, o.lens...))
	}
	flat := c.reshape(seq, tensor.Shape{e.steps * e.batch, e.inputs})
	zeros := c.x.Const(in[0].Type.DType, tensor.New[float64](tensor.Shape{e.batch, e.hidden}))
	hidden := []*graph.Value{}
	place := make([]int, e.steps*e.batch) // of each time and sequence in hidden
	for i := range place {
		place[i] = steps * e.batch
	}
	for s := range steps {
		rows := make([]int, e.batch)
		alive := tensor.New[float64](tensor.Shape{e.batch, 1})
		for n := range e.batch {
			if t := o.time(reverse, s, n, e); t >= 0 {
				rows[n], alive.Data[n] = t*e.batch+n, 1
				place[t*e.batch+n] = s*e.batch + n
			}
		}
		x := c.rows(flat, rows)
		w.round = s+1 < steps && !slices.Contains(alive.Data, 0)
		next := o.expand(c, w, x, states)
		for i := range next {
			name := fmt.Sprintf("state %d", i)
			if slices.Contains(alive.Data, 0) {
				was := states[i]
				dead := mapTensor(alive, func(v float64) float64 { return 1 - v })
				next[i] = c.total(c.mul(next[i], c.tensor(next[i], alive)), c.gated(c.tensor(next[i], dead), was))
			}
			c.group(name, next[i])
		}
		states = next
		h := c.narrow(states[0])
		c.group("state 0", h)
		hidden = append(hidden, h)
		if s+1 < steps {
			states = slices.Clone(states)
			states[0] = h
			if len(states) > 1 {
				states[1] = c.narrow(states[1])
				c.group("state 1", states[1])
			}
		}
	}
	for i := range states {
		if states[i] == nil {
			states[i] = zeros
		}
	}
	y = c.rows(c.concat(0, append(hidden, zeros)...), place)
	return c.reshape(y, tensor.Shape{e.steps, e.batch, e.hidden}), states
}

// initial gives the states before the first step, nil for those that are zero.
func (o recurrent) initial(c *compose, in []*graph.Value, direction int, e extents) []*graph.Value {
	states := make([]*graph.Value, o.states())
	for i := range states {
		if 5+i >= len(in) || in[5+i] == nil || zero(in[5+i]) {
			continue
		}
		axis := 0
		if o.batch {
			axis = 1
		}
		states[i] = c.narrow(c.reshape(c.slice(in[5+i], axis, direction, direction+1), tensor.Shape{e.batch, e.hidden}))
		if slices.Contains(o.lens, 0) {
			begins := tensor.New[float64](tensor.Shape{e.batch, 1})
			for n := range o.lens {
				begins.Data[n] = float64(min(o.lens[n], 1))
			}
			states[i] = c.mul(states[i], c.tensor(in[0], begins))
		}
	}
	return states
}

// rows gathers rows of a matrix.
func (c *compose) rows(m *graph.Value, rows []int) *graph.Value {
	if c.err != nil {
		return nil
	}
	first, run := rows[0], true
	for i, r := range rows {
		run = run && r == first+i
	}
	switch {
	case run && len(rows) == m.Type.Shape[0]:
		return m
	case run:
		return c.slice(m, 0, first, first+len(rows))
	}
	return c.op("Gather", nil, m, c.ints(rows...))
}

// zero reports whether v is known to hold zeros only.
func zero(v *graph.Value) bool {
	return v.Const != nil && !slices.ContainsFunc(v.Const.Data, func(x float64) bool { return x != 0 })
}
