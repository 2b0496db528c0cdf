package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func (o attention) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, t := range in {
		if t != nil {
			shapes[i] = t.Shape
		}
	}
	z, err := o.size(shapes)
	if err != nil {
		return nil, err
	}
	q, k, v := heads4(in[attnQuery], z.heads), heads4(in[attnKey], z.keyHeads), heads4(in[attnValue], z.keyHeads)
	if z.past > 0 {
		k, v = appended(in[attnPastKey], k), appended(in[attnPastValue], v)
	}
	bias := o.bias(in, z)
	scores, y := tensor.New[float64](z.scores()), tensor.New[float64](tensor.Shape{z.batch, z.heads, z.queries, z.value})
	row := make([]float64, z.keys)
	for i := range z.batch * z.heads * z.queries {
		b, h := i/z.queries/z.heads, i/z.queries%z.heads
		group := b*z.keyHeads + h*z.keyHeads/z.heads
		out := scores.Data[i*z.keys : (i+1)*z.keys]
		top, open := math.Inf(-1), false
		for j := range row {
			at := (group*z.keys + j) * z.head
			out[j] = dot(q.Data[i*z.head:(i+1)*z.head], k.Data[at:at+z.head]) * o.factor(z)
			capped := o.cap(out[j])
			row[j] = capped + bias.Data[i*z.keys+j]
			switch o.mode {
			case scoresCapped:
				out[j] = capped
			case scoresMasked:
				out[j] = row[j]
			}
			top, open = max(top, row[j]), open || !math.IsInf(bias.Data[i*z.keys+j], -1)
		}
		sum := 0.0
		for j, x := range row {
			if row[j] = 0; open {
				row[j] = math.Exp(x - top)
			}
			sum += row[j]
		}
		for j := range row {
			if open {
				row[j] /= sum
			}
			if o.mode == scoresShares {
				out[j] = row[j]
			}
			for d := range z.value {
				y.Data[i*z.value+d] += row[j] * v.Data[(group*z.keys+j)*z.value+d]
			}
		}
	}
	if z.flat {
		y = transpose(y, []int{0, 2, 1, 3})
		y.Shape = z.result()
	}
	return []*tensor.Float{y, k, v, scores}[:max(1, o.outputs)], nil
}

// appended is the past and then what is new, along axis 2.
func appended(past, x *tensor.Float) *tensor.Float {
	s := x.Shape.Clone()
	s[2] += past.Shape[2]
	t := tensor.New[float64](s)
	m, n := past.Shape[2]*s[3], x.Shape[2]*s[3]
	for i := range s[0] * s[1] {
		copy(t.Data[i*(m+n):], past.Data[i*m:(i+1)*m])
		copy(t.Data[i*(m+n)+m:], x.Data[i*n:(i+1)*n])
	}
	return t
}

// bias is what masks add to each score.
func (o attention) bias(in []*tensor.Float, z attnSize) *tensor.Float {
	t := tensor.New[float64](z.scores())
	add := func(m *tensor.Float, truth bool) {
		for i, v := range m.BroadcastTo(t.Shape).Data {
			if truth {
				v = math.Log(v)
			}
			t.Data[i] += v
		}
	}
	if a := o.allowed(z); a != nil {
		add(a, true)
	}
	if len(in) > attnMask && in[attnMask] != nil {
		add(padded(in[attnMask], z.keys, o.truth), o.truth)
	}
	return t
}

// padded is a mask with its last axis extended to the number of keys by what forbids.
func padded(m *tensor.Float, keys int, truth bool) *tensor.Float {
	s := m.Shape.Clone()
	n := s[len(s)-1]
	if n == keys || n == 1 {
		return m
	}
	s[len(s)-1] = keys
	t := tensor.New[float64](s)
	for i := range t.Data {
		switch {
		case i%keys < n:
			t.Data[i] = m.Data[i/keys*n+i%keys]
		case !truth:
			t.Data[i] = math.Inf(-1)
		}
	}
	return t
}

func (o attention) Work(in []*graph.Value, out []graph.Type) int64 {
	k := in[attnKey].Type.Shape
	keys := k[len(k)-2]
	if len(in) > attnPastKey && in[attnPastKey] != nil {
		keys += in[attnPastKey].Type.Shape[2]
	}
	return graph.Times(keys, in[attnQuery].Type.Shape.Size()+out[0].Shape.Size())
}
