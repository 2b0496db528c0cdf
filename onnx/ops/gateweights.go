package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

// gateWeights are the weights of one direction of a recurrent operator, gate by gate, with its functions.
type gateWeights struct {
	inputs, hidden int
	w, r           []float64 // [gate][hidden][inputs], [gate][hidden][hidden]
	wb, rb         []float64 // [gate][hidden]
	peep           []float64 // [gate][hidden]
	acts           []activation
}

func (o recurrent) weights(in []*tensor.Float, direction int, e extents) *gateWeights {
	part := func(i, size int) []float64 {
		if i >= len(in) || in[i] == nil {
			return make([]float64, size)
		}
		return in[i].Data[direction*size : (direction+1)*size]
	}
	g := o.gates() * e.hidden
	b := part(3, 2*g)
	return &gateWeights{inputs: e.inputs, hidden: e.hidden, w: part(1, g*e.inputs), r: part(2, g*e.hidden), wb: b[:g], rb: b[g:],
		peep: part(7, 3*e.hidden), acts: o.acts[direction]}
}

// input is row j of gate g of W x + Wb.
func (w *gateWeights) input(g, j int, x []float64) float64 {
	i := g*w.hidden + j
	return w.wb[i] + dot(w.w[i*w.inputs:(i+1)*w.inputs], x)
}

// recur is row j of gate g of R h + Rb.
func (w *gateWeights) recur(g, j int, h []float64) float64 {
	i := g*w.hidden + j
	return w.rb[i] + dot(w.r[i*w.hidden:(i+1)*w.hidden], h)
}

// apply is function k of v.
func (w *gateWeights) apply(k int, v float64) float64 { return w.acts[k].f(v) }

// gateValues are gateWeights as values of a graph, each gate by itself and transposed, so that a gate is one matrix
// product for the input and one for the state.
type gateValues struct {
	w, r         []*graph.Value // inputs x hidden, hidden x hidden
	wb, rb, peep []*graph.Value // hidden; nil for none
	acts         []activation

	round bool // the next step reads all of the states
}

func (o recurrent) values(c *compose, in []*graph.Value, direction int, e extents) *gateValues {
	v := &gateValues{acts: o.acts[direction]}
	at := func(i int) *graph.Value {
		if i < len(in) {
			return in[i]
		}
		return nil
	}
	// cut is block k of hidden rows of the weights of the direction.
	cut := func(x *graph.Value, k int) *graph.Value {
		return c.slice(c.slice(x, 0, direction, direction+1), 1, k*e.hidden, (k+1)*e.hidden)
	}
	matrix := func(i, k, columns int) *graph.Value {
		return c.transpose(c.reshape(cut(at(i), k), tensor.Shape{e.hidden, columns}), 1, 0)
	}
	row := func(i, k int) *graph.Value {
		if at(i) == nil {
			return nil
		}
		return c.reshape(cut(at(i), k), tensor.Shape{e.hidden})
	}
	for g := range o.gates() {
		v.w = append(v.w, matrix(1, g, e.inputs))
		v.r = append(v.r, matrix(2, g, e.hidden))
		v.wb = append(v.wb, row(3, g))
		v.rb = append(v.rb, row(3, o.gates()+g))
	}
	for k := range 3 {
		v.peep = append(v.peep, row(7, k))
	}
	return v
}

// apply is function k of v, grouped by the name of the gate.
func (w *gateValues) apply(c *compose, name string, k int, v *graph.Value) *graph.Value {
	if c.err != nil {
		return nil
	}
	act := w.acts[k]
	outs, err := c.x.Add(act.name, unary{f: act.f, monotone: act.monotone()}, v)
	if err != nil {
		c.fail(err)
		return nil
	}
	c.group(name+" in", v)
	c.group(name, outs[0])
	return outs[0]
}

// affine is x times the matrix plus biases; a nil x is zero, and a nil bias is none. It is nil when nothing is left.
func (c *compose) affine(x, matrix *graph.Value, biases ...*graph.Value) *graph.Value {
	var v *graph.Value
	if x != nil {
		v = c.matmul(x, matrix)
	}
	return c.total(append([]*graph.Value{v}, biases...)...)
}

// total adds what is not nil; nil when nothing is.
func (c *compose) total(vs ...*graph.Value) (s *graph.Value) {
	for _, v := range vs {
		switch {
		case v == nil:
		case s == nil:
			s = v
		default:
			s = c.add(s, v)
		}
	}
	return s
}

// gated is the product of a gate and a state, nil where the state is.
func (c *compose) gated(gate, state *graph.Value) *graph.Value {
	if state == nil {
		return nil
	}
	return c.mul(gate, state)
}
