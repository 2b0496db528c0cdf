package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// cell is one step of a recurrent operator, in one direction.
type cell interface {
	// gates is the number of blocks of rows in W and R.
	gates() int
	// states is the number of state vectors: 1 for the hidden state, 2 with the cell state.
	states() int
	// activations are the names of the functions, by default.
	activations() []string
	// step gives the states that follow states s upon input x, for one element of the batch.
	step(w *gateWeights, x []float64, s [][]float64) [][]float64
	// expand is step for a batch: x is N x inputs, states are N x hidden. A nil state is zero.
	expand(c *compose, w *gateValues, x *graph.Value, s []*graph.Value) []*graph.Value
}

// recurrent is RNN, GRU or LSTM: a cell applied along a sequence in one or both directions.
//
// Inputs are X, of shape T x N x I, W, D x gates*H x I, R, D x gates*H x H, B, D x 2*gates*H, sequence_lens, N, the
// initial states, D x N x H, and the peepholes P, D x 3*H; outputs are Y, T x D x N x H, and the last states. With
// layout 1 the batch is the first axis of X, Y and the states. Past the end of a sequence Y is zero and states stay
// as they are; a sequence of no steps ends in zero.
type recurrent struct {
	cell
	reverse []bool // by direction
	acts    [][]activation
	batch   bool  // layout 1
	lens    []int // nil where every sequence is whole
	hidden  int   // attribute; 0 when absent
	outputs int
}

// decodeRecurrent reads what the three operators share.
func decodeRecurrent(a *Attrs, c cell) (recurrent, bool) {
	most := map[int]int{1: 6, 2: 8}[c.states()]
	o := recurrent{cell: c, outputs: a.Outputs, hidden: a.int("hidden_size", 0)}
	if !a.inputs(3, most) {
		return o, false
	}
	clip := a.float("clip", math.Inf(1))
	if !(clip > 0) {
		a.refuse("clip", "positive", clip)
	}
	switch d := a.string("direction", "forward"); d {
	case "forward":
		o.reverse = []bool{false}
	case "reverse":
		o.reverse = []bool{true}
	case "bidirectional":
		o.reverse = []bool{false, true}
	default:
		a.refuse("direction", "forward, reverse or bidirectional", d)
	}
	if a.Opset < 7 {
		a.ignore("output_sequence") // whether Y is wanted
	}
	if a.Opset >= 14 {
		o.batch = a.flag("layout", false)
	}
	o.lens = a.constInts(4)
	o.acts = readActivations(a, c.activations(), len(o.reverse), clip)
	a.outputs = 1 + c.states()
	return o, true
}

// extents are those of a recurrent operator as it is used.
type extents struct{ steps, batch, inputs, hidden int }

// fit checks the shapes of the inputs; absent ones are nil.
func (o recurrent) fit(in []tensor.Shape) (e extents, err error) {
	at := func(i int) tensor.Shape {
		if i < len(in) {
			return in[i]
		}
		return nil
	}
	x, r, d := at(0), at(2), len(o.reverse)
	if len(x) != 3 || len(r) != 3 {
		return e, fmt.Errorf("recurrence: want X and R of three axes, got %v and %v", x, r)
	}
	e = extents{x[0], x[1], x[2], r[2]}
	state := tensor.Shape{d, e.batch, e.hidden}
	if o.batch {
		e.steps, e.batch = x[1], x[0]
		state = tensor.Shape{e.batch, d, e.hidden}
	}
	g := o.gates() * e.hidden
	want := []tensor.Shape{x, {d, g, e.inputs}, {d, g, e.hidden}, {d, 2 * g}, {e.batch}, state, state, {d, 3 * e.hidden}}
	for i, s := range want {
		if got := at(i); got != nil && !got.Equal(s) {
			return e, fmt.Errorf("recurrence: input %d: want shape %v, got %v", i, s, got)
		}
	}
	if o.hidden != 0 && o.hidden != e.hidden {
		return e, fmt.Errorf("recurrence: want hidden_size %d, got %d", e.hidden, o.hidden)
	}
	if o.lens != nil && len(o.lens) != e.batch {
		return e, fmt.Errorf("recurrence: want %d sequence lengths, got %d", e.batch, len(o.lens))
	}
	for _, n := range o.lens {
		if n < 0 || n > e.steps {
			return e, fmt.Errorf("recurrence: want sequence lengths within [0, %d], got %v", e.steps, o.lens)
		}
	}
	return e, nil
}

func (o recurrent) Infer(in []*graph.Value) ([]graph.Type, error) {
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
	d := len(o.reverse)
	types := []graph.Type{{DType: in[0].Type.DType, Shape: tensor.Shape{e.steps, d, e.batch, e.hidden}}}
	state := tensor.Shape{d, e.batch, e.hidden}
	if o.batch {
		types[0].Shape = tensor.Shape{e.batch, e.steps, d, e.hidden}
		state = tensor.Shape{e.batch, d, e.hidden}
	}
	for range o.states() {
		types = append(types, graph.Type{DType: in[0].Type.DType, Shape: state})
	}
	return types[:max(1, o.outputs)], nil
}

// length is the number of steps of sequence n.
func (o recurrent) length(n int, e extents) int {
	if o.lens == nil {
		return e.steps
	}
	return o.lens[n]
}

// time is the place of step s of sequence n, or -1 past its end. A reversed sequence begins at its own end.
func (o recurrent) time(reverse bool, s, n int, e extents) int {
	length := o.length(n, e)
	switch {
	case s >= length:
		return -1
	case reverse:
		return length - 1 - s
	}
	return s
}

func (o recurrent) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, t := range in {
		if t != nil {
			shapes[i] = append(tensor.Shape{}, t.Shape...)
		}
	}
	e, err := o.fit(shapes)
	if err != nil {
		return nil, err
	}
	x, d := in[0], len(o.reverse)
	if o.batch {
		x = transpose(x, []int{1, 0, 2})
	}
	y := tensor.New[float64](tensor.Shape{e.steps, d, e.batch, e.hidden})
	outs := []*tensor.Float{y}
	for range o.states() {
		outs = append(outs, tensor.New[float64](tensor.Shape{d, e.batch, e.hidden}))
	}
	for k, reverse := range o.reverse {
		w := o.weights(in, k, e)
		for n := range e.batch {
			s := make([][]float64, o.states())
			for i := range s {
				s[i] = make([]float64, e.hidden)
				if 5+i < len(in) && in[5+i] != nil && o.length(n, e) > 0 {
					at := k*e.batch + n
					if o.batch {
						at = n*d + k
					}
					copy(s[i], in[5+i].Data[at*e.hidden:])
				}
			}
			for step := range o.length(n, e) {
				t := o.time(reverse, step, n, e)
				s = o.step(w, x.Data[(t*e.batch+n)*e.inputs:][:e.inputs], s)
				copy(y.Data[((t*d+k)*e.batch+n)*e.hidden:], s[0])
			}
			for i := range s {
				copy(outs[1+i].Data[(k*e.batch+n)*e.hidden:], s[i])
			}
		}
	}
	if o.batch {
		outs[0] = transpose(outs[0], []int{2, 0, 1, 3})
		for i := range outs[1:] {
			outs[1+i] = transpose(outs[1+i], []int{1, 0, 2})
		}
	}
	return outs[:max(1, o.outputs)], nil
}
