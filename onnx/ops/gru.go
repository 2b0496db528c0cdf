package ops

import "assay/ir/graph"

func init() {
	for _, since := range []int{1, 3, 7, 14} {
		register("GRU", since, decodeGRU)
	}
}

// gru is, with blocks z, r, h of the weights,
//
//	z = f(W x + R H + Wb + Rb), r likewise
//	h = g(W x + R (r * H) + Rb + Wb), or g(W x + r * (R H + Rb) + Wb) where the reset gate comes after
//	H' = (1 - z) * h + z * H
type gru struct {
	after bool // linear_before_reset
}

// GRU (ONNX 1, 3, 7, 14, 22). The initial state and weights may be variable; sequence_lens must be constant.
func decodeGRU(a *Attrs) (graph.Op, error) {
	var cell gru
	if a.Opset >= 3 {
		cell.after = a.int("linear_before_reset", 0) != 0
	}
	o, _ := decodeRecurrent(a, cell)
	return o, nil
}

func (gru) gates() int            { return 3 }
func (gru) states() int           { return 1 }
func (gru) activations() []string { return []string{"Sigmoid", "Tanh"} }

func (o gru) step(w *gateWeights, x []float64, s [][]float64) [][]float64 {
	was, n := s[0], w.hidden
	z, r, reset, next := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for j := range n {
		z[j] = w.apply(0, w.input(0, j, x)+w.recur(0, j, was))
		r[j] = w.apply(0, w.input(1, j, x)+w.recur(1, j, was))
		reset[j] = r[j] * was[j]
	}
	for j := range n {
		recur := w.recur(2, j, reset)
		if o.after {
			recur = r[j] * w.recur(2, j, was)
		}
		h := w.apply(1, w.input(2, j, x)+recur)
		next[j] = (1-z[j])*h + z[j]*was[j]
	}
	return [][]float64{next}
}

func (o gru) expand(c *compose, w *gateValues, x *graph.Value, s []*graph.Value) []*graph.Value {
	h := s[0]
	gate := func(name string, g int) *graph.Value {
		return w.apply(c, name, 0, c.total(c.affine(x, w.w[g]), c.affine(h, w.r[g]), w.wb[g], w.rb[g]))
	}
	z := gate("z", 0)
	recur := w.rb[2]
	switch {
	case o.after && (h != nil || recur != nil):
		recur = c.affine(h, w.r[2], recur)
		c.group("recurrent", recur)
		recur = c.mul(gate("r", 1), recur)
	case h != nil:
		reset := c.mul(gate("r", 1), h)
		c.group("reset", reset)
		recur = c.affine(reset, w.r[2], recur)
	}
	candidate := w.apply(c, "candidate", 1, c.total(c.affine(x, w.w[2]), recur, w.wb[2]))
	return []*graph.Value{c.total(c.sub(candidate, c.mul(z, candidate)), c.gated(z, h))}
}
