package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// Expand weighs the values by exponentials and divides the sums, so that no share is rounded.
func (o attention) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	types, err := o.Infer(in)
	if err != nil {
		return nil, err
	}
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		if v != nil {
			shapes[i] = v.Type.Shape
		}
	}
	z, err := o.size(shapes)
	if err != nil {
		return nil, err
	}
	c := composing(x)
	q, k, v := c.heads4(in[attnQuery], z.heads), c.heads4(in[attnKey], z.keyHeads), c.heads4(in[attnValue], z.keyHeads)
	if z.past > 0 {
		k, v = c.concat(2, in[attnPastKey], k), c.concat(2, in[attnPastValue], v)
	}
	// Heads that share keys are further rows of one product.
	rows := z.heads / z.keyHeads * z.queries
	raw := c.matmul(c.reshape(q, tensor.Shape{z.batch, z.keyHeads, rows, z.head}), c.transpose(k, 0, 1, 3, 2))
	raw = c.times(c.reshape(raw, z.scores()), o.factor(z))
	capped := raw
	if o.softcap != 0 {
		capped = c.apply("SoftCap", unary{f: o.cap, monotone: true}, raw)
	}
	scores, allowed := o.mask(c, in, z, capped)
	e := c.exponentials(o.hide(c, scores, allowed))
	for _, a := range allowed {
		e = c.exact(o.only(c, a, e))
	}
	y := c.apply("WeightedMean", weightedMean{}, c.reshape(e, tensor.Shape{z.batch, z.keyHeads, rows, z.keys}), v)
	y = c.reshape(y, tensor.Shape{z.batch, z.heads, z.queries, z.value})
	if z.flat {
		y = c.transpose(y, 0, 2, 1, 3)
	}
	outs := []*graph.Value{c.reshape(y, z.result()), k, v}
	if len(types) > 3 {
		switch o.mode {
		case scoresRaw:
			outs = append(outs, raw)
		case scoresCapped:
			outs = append(outs, capped)
		case scoresMasked:
			for _, a := range allowed {
				scores = c.op("Where", nil, c.cast(a, tensor.Bool), scores, c.number(scores, math.Inf(-1)))
			}
			outs = append(outs, scores)
		case scoresShares:
			outs = append(outs, c.apply("Shares", shares{}, e))
		}
	}
	return c.done(outs[:len(types)]...)
}

// heads4 views a value as batch x heads x positions x size.
func (c *compose) heads4(v *graph.Value, heads int) *graph.Value {
	s := c.shape(v)
	if c.err != nil || len(s) == 4 {
		return v
	}
	return c.transpose(c.reshape(v, tensor.Shape{s[0], s[1], heads, s[2] / heads}), 0, 2, 1, 3)
}

// mask adds a mask of reals to the scores, and gives those that say which keys a query may attend to. A constant mask that
// holds negative infinity becomes both.
func (o attention) mask(c *compose, in []*graph.Value, z attnSize, scores *graph.Value) (sum *graph.Value, allowed []*graph.Value) {
	truth := func(t *tensor.Float) { allowed = append(allowed, c.x.Const(tensor.Bool, t)) }
	if a := o.allowed(z); a != nil {
		truth(a)
	}
	if len(in) <= attnMask || in[attnMask] == nil {
		return scores, allowed
	}
	m := in[attnMask]
	if t := m.Const; t != nil {
		t = padded(t, z.keys, o.truth)
		if o.truth {
			truth(t)
			return scores, allowed
		}
		open := mapTensor(t, func(x float64) float64 {
			if math.IsInf(x, -1) {
				return 0
			}
			return 1
		})
		if sumOf(open.Data, identical) < float64(len(open.Data)) {
			truth(open)
		}
		return c.add(scores, c.tensor(m, mapTensor(t, func(x float64) float64 {
			if math.IsInf(x, -1) {
				return 0
			}
			return x
		}))), allowed
	}
	s := m.Type.Shape
	if n := s[len(s)-1]; n != z.keys && n != 1 {
		rest := s.Clone()
		rest[len(rest)-1] = z.keys - n
		zeros := tensor.New[float64](rest)
		m = c.concat(len(s)-1, m, c.tensor(m, zeros))
		if !o.truth {
			open := tensor.New[float64](tensor.Shape{z.keys})
			for i := range n {
				open.Data[i] = 1
			}
			truth(open)
		}
	}
	if o.truth {
		return scores, append(allowed, m)
	}
	return c.add(scores, m), allowed
}

// hide moves the scores of keys that a query must not attend to out of the way.
func (o attention) hide(c *compose, scores *graph.Value, allowed []*graph.Value) *graph.Value {
	for _, a := range allowed {
		scores = c.apply("Hide", hide{}, scores, a)
	}
	return scores
}

// only is e where a key may be attended to, else 0.
func (o attention) only(c *compose, a, e *graph.Value) *graph.Value {
	if a.Const != nil {
		return c.op("Where", nil, a, e, c.number(e, 0))
	}
	return c.mul(e, c.cast(a, e.Type.DType))
}
