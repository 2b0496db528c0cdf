package ops

import "assay/ir/graph"

func init() {
	for _, since := range []int{1, 7, 14} {
		register("LSTM", since, decodeLSTM)
	}
}

// lstm is, with blocks i, o, f, c of the weights and peepholes i, o, f,
//
//	i = f(W x + R H + P * C + Wb + Rb), f likewise, or 1 - i where the gates are coupled
//	c = g(W x + R H + Wb + Rb)
//	C' = f * C + i * c
//	o = f(W x + R H + P * C' + Wb + Rb)
//	H' = o * h(C')
type lstm struct {
	coupled bool // input_forget
}

// LSTM (ONNX 1, 7, 14, 22). Initial states and weights may be variable; sequence_lens must be constant.
func decodeLSTM(a *Attrs) (graph.Op, error) {
	o, _ := decodeRecurrent(a, lstm{a.int("input_forget", 0) != 0})
	return o, nil
}

func (lstm) gates() int            { return 4 }
func (lstm) states() int           { return 2 }
func (lstm) activations() []string { return []string{"Sigmoid", "Tanh", "Tanh"} }

func (o lstm) step(w *gateWeights, x []float64, s [][]float64) [][]float64 {
	n := w.hidden
	h, cell := make([]float64, n), make([]float64, n)
	for j := range n {
		gate := func(g int) float64 { return w.input(g, j, x) + w.recur(g, j, s[0]) }
		in := w.apply(0, gate(0)+w.peep[j]*s[1][j])
		forget := 1 - in
		if !o.coupled {
			forget = w.apply(0, gate(2)+w.peep[2*n+j]*s[1][j])
		}
		cell[j] = forget*s[1][j] + in*w.apply(1, gate(3))
		h[j] = w.apply(0, gate(1)+w.peep[n+j]*cell[j]) * w.apply(2, cell[j])
	}
	return [][]float64{h, cell}
}

func (o lstm) expand(c *compose, w *gateValues, x *graph.Value, s []*graph.Value) []*graph.Value {
	h, cell := s[0], s[1]
	gate := func(name string, g, peep int, state *graph.Value) *graph.Value {
		v := c.total(c.affine(x, w.w[g]), c.affine(h, w.r[g]), w.wb[g], w.rb[g])
		act := 1
		if peep >= 0 {
			act = 0
			if w.peep[peep] != nil {
				v = c.total(v, c.gated(w.peep[peep], state))
			}
		}
		return w.apply(c, name, act, v)
	}
	in := gate("i", 0, 0, cell)
	kept := c.gated(in, cell)
	if o.coupled && cell != nil {
		kept = c.sub(cell, kept)
	} else if cell != nil {
		kept = c.gated(gate("f", 2, 2, cell), cell)
	}
	next := c.total(kept, c.mul(in, gate("c", 3, -1, nil)))
	c.group("state 1", next)
	if w.round {
		// The next step reads the cell rounded. Where this one does too, a table of as many rows as the cell has levels serves.
		next = c.narrow(next)
		c.group("state 1", next)
	}
	out := gate("o", 1, 1, next)
	return []*graph.Value{c.mul(out, w.apply(c, "h", 2, next)), next}
}
