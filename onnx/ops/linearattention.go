package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("LinearAttention", 27, decodeLinearAttention) }

// linearAttention (ONNX 27) keeps a matrix for each head, from keys to values, to which each position adds its key times
// its value, and reads it with the query: S = exp(decay)*S + k*v', with v' = beta*(v - k*exp(decay)*S) under a delta rule.
// Query, key and value are batch by positions by heads and their elements.
type linearAttention struct {
	q, kv        int // heads of queries, of keys and values
	scale        float64
	gated, delta bool
	outputs      int
}

var _ graph.Composite = linearAttention{}

// decodeLinearAttention reads query, key, value, past state, decay and beta.
func decodeLinearAttention(a *Attrs) (graph.Op, error) {
	a.inputs(3, 6)
	a.outputs = 2
	a.ignore("chunk_size")
	o := linearAttention{q: a.int("q_num_heads", 0), kv: a.int("kv_num_heads", 0), scale: a.float("scale", 0), outputs: a.Outputs}
	switch rule := a.string("update_rule", "gated_delta"); rule {
	case "linear":
	case "gated":
		o.gated = true
	case "delta":
		o.delta = true
	case "gated_delta":
		o.gated, o.delta = true, true
	default:
		a.refuse("update_rule", "linear, gated, delta or gated_delta", rule)
	}
	if o.q < 1 || o.kv < 1 || o.q%o.kv != 0 {
		a.refuse("q_num_heads", "a multiple of kv_num_heads", fmt.Sprintf("%d of %d", o.q, o.kv))
	}
	if (a.input(4) != nil) != o.gated || (a.input(5) != nil) != o.delta {
		a.fail(CodeArity, "a decay if gated and a beta under a delta rule, and neither otherwise", fmt.Sprintf("%d inputs", len(a.In)))
	}
	return o, nil
}

// sizes gives batch, positions and the elements of a key and a value of one head.
func (o linearAttention) sizes(in []tensor.Shape) (b, t, k, v int, err error) {
	query, key, value := in[0], in[1], in[2]
	if len(query) != 3 || len(key) != 3 || len(value) != 3 || query[2]%o.q != 0 || value[2]%o.kv != 0 || query[2] < 1 || value[2] < 1 {
		return 0, 0, 0, 0, fmt.Errorf("linear attention: want query, key and value of batch by positions by heads and elements, got %v, %v and %v", query, key, value)
	}
	b, t, k, v = query[0], query[1], query[2]/o.q, value[2]/o.kv
	if !key.Equal(tensor.Shape{b, t, o.kv * k}) || !value.Equal(tensor.Shape{b, t, o.kv * v}) {
		return 0, 0, 0, 0, fmt.Errorf("linear attention: want keys and values like queries %v, got %v and %v", query, key, value)
	}
	for i, want := range map[int][]tensor.Shape{3: {{b, o.kv, k, v}}, 4: {{b, t, o.kv}, {b, t, o.kv * k}}, 5: {{b, t, o.kv}, {b, t, 1}}} {
		ok := i >= len(in) || in[i] == nil
		for _, w := range want {
			ok = ok || in[i].Equal(w)
		}
		if !ok {
			return 0, 0, 0, 0, fmt.Errorf("linear attention: input %d: want one of %v, got %v", i, want, in[i])
		}
	}
	return b, t, k, v, nil
}

// Infer implements graph.Op.
func (o linearAttention) Infer(in []*graph.Value) ([]graph.Type, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, x := range in {
		if x != nil {
			shapes[i] = x.Type.Shape
		}
	}
	b, t, k, v, err := o.sizes(shapes)
	if err != nil {
		return nil, err
	}
	d, state := in[0].Type.DType, in[0].Type.DType
	if past := optional(in, 3); past != nil {
		state = past.Type.DType
	}
	return []graph.Type{{DType: d, Shape: tensor.Shape{b, t, o.q * v}}, {DType: state, Shape: tensor.Shape{b, o.kv, k, v}}}[:o.outputs], nil
}

// factor is what queries are scaled with.
func (o linearAttention) factor(k int) float64 {
	if o.scale != 0 {
		return o.scale
	}
	return 1 / math.Sqrt(float64(k))
}

// Eval implements graph.Op.
func (o linearAttention) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, x := range in {
		if x != nil {
			shapes[i] = x.Shape
		}
	}
	b, t, nk, nv, err := o.sizes(shapes)
	if err != nil {
		return nil, err
	}
	y, state := tensor.New[float64](tensor.Shape{b, t, o.q * nv}), tensor.New[float64](tensor.Shape{b, o.kv, nk, nv})
	if past := optional(in, 3); past != nil {
		copy(state.Data, past.Data)
	}
	decay, beta := optional(in, 4), optional(in, 5)
	// of is element i of head h of a tensor whose last axis holds one or more for each head, or one for all.
	of := func(x *tensor.Float, row, h, i int) float64 {
		n := x.Shape[2]
		return x.Data[row*n+(h*max(1, n/o.kv)+min(i, n/o.kv-1))%n]
	}
	for row := range b * t {
		for h := range o.kv {
			s := state.Data[(row/t*o.kv+h)*nk*nv:][:nk*nv]
			v := append([]float64(nil), in[2].Data[(row*o.kv+h)*nv:][:nv]...)
			key := in[1].Data[(row*o.kv+h)*nk:][:nk]
			for i := range s {
				if o.gated {
					s[i] *= math.Exp(of(decay, row, h, i/nv))
				}
			}
			if o.delta {
				r := make([]float64, nv)
				multiply(r, key, s, 1, nk, nv)
				for i := range v {
					v[i] = of(beta, row, h, 0) * (v[i] - r[i])
				}
			}
			multiply(s, key, v, nk, 1, nv)
			for g := range o.q / o.kv {
				at := row*o.q + h*(o.q/o.kv) + g
				multiply(y.Data[at*nv:][:nv], in[0].Data[at*nk:][:nk], s, 1, nk, nv)
			}
		}
	}
	for i := range y.Data {
		y.Data[i] *= o.factor(nk)
	}
	return []*tensor.Float{y, state}[:o.outputs], nil
}

// Expand implements graph.Composite.
func (o linearAttention) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	b, t, nk, nv := in[0].Type.Shape[0], in[0].Type.Shape[1], in[0].Type.Shape[2]/o.q, in[2].Type.Shape[2]/o.kv
	// part is what a tensor holds of one position, as batch by heads by rows by columns.
	part := func(v *graph.Value, i int, s ...int) *graph.Value {
		return c.reshape(c.slice(v, 1, i, i+1), append(tensor.Shape{b}, s...))
	}
	state := optional(in, 3)
	var outs []*graph.Value
	for i := range t {
		if o.gated && state != nil {
			d := in[4].Type.Shape[2] / o.kv
			state = c.mul(state, c.exp(part(in[4], i, o.kv, d, 1)))
		}
		key, value := part(in[1], i, o.kv, nk, 1), part(in[2], i, o.kv, 1, nv)
		if o.delta {
			if state != nil {
				value = c.sub(value, c.matmul(c.reshape(key, tensor.Shape{b, o.kv, 1, nk}), state))
			}
			value = c.mul(value, part(in[5], i, in[5].Type.Shape[2], 1, 1))
		}
		write := c.matmul(key, value)
		if state == nil {
			state = write
		} else {
			state = c.add(state, write)
		}
		if t > 1 {
			c.group("state", state)
		}
		// The queries of a group are the rows that read the state of their head.
		read := c.matmul(part(in[0], i, o.kv, o.q/o.kv, nk), state)
		outs = append(outs, c.reshape(read, tensor.Shape{b, 1, o.q * nv}))
	}
	y := c.times(c.concat(1, outs...), o.factor(nk))
	return c.done([]*graph.Value{y, state}[:o.outputs]...)
}
