package ops

import "assay/ir/graph"

func init() {
	for _, since := range []int{1, 7, 14} {
		register("RNN", since, decodeRNN)
	}
}

// rnn is H' = f(W x + R H + Wb + Rb).
type rnn struct{}

// RNN (ONNX 1, 7, 14, 22). The initial state and weights may be variable; sequence_lens must be constant.
func decodeRNN(a *Attrs) (graph.Op, error) {
	o, _ := decodeRecurrent(a, rnn{})
	return o, nil
}

func (rnn) gates() int            { return 1 }
func (rnn) states() int           { return 1 }
func (rnn) activations() []string { return []string{"Tanh"} }

func (rnn) step(w *gateWeights, x []float64, s [][]float64) [][]float64 {
	h := make([]float64, w.hidden)
	for j := range h {
		h[j] = w.apply(0, w.input(0, j, x)+w.recur(0, j, s[0]))
	}
	return [][]float64{h}
}

func (rnn) expand(c *compose, w *gateValues, x *graph.Value, s []*graph.Value) []*graph.Value {
	v := c.total(c.affine(x, w.w[0]), c.affine(s[0], w.r[0]), w.wb[0], w.rb[0])
	return []*graph.Value{w.apply(c, "h", 0, v)}
}
