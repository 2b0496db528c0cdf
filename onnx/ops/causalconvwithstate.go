package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("CausalConvWithState", 27, decodeCausalConv) }

// causalConv (ONNX 27) convolves each channel of batch by channels by length with its own kernel, over the present and
// past positions: those of a state, zeros without one, come first. The second output is the state to go on with.
type causalConv struct {
	gated   bool // x*sigmoid(x) follows
	outputs int
}

var _ graph.Composite = causalConv{}

// decodeCausalConv reads input, weight, bias and past state.
func decodeCausalConv(a *Attrs) (graph.Op, error) {
	a.inputs(2, 4)
	a.outputs = 2
	switch v := a.string("activation", "none"); v {
	case "none", "":
		return causalConv{false, a.Outputs}, nil
	case "silu", "swish":
		return causalConv{true, a.Outputs}, nil
	default:
		a.refuse("activation", "none, silu or swish", v)
		return nil, nil
	}
}

// optional is entry i, or the zero of T.
func optional[T any](in []T, i int) (v T) {
	if i < len(in) {
		v = in[i]
	}
	return v
}

// Infer implements graph.Op.
func (o causalConv) Infer(in []*graph.Value) ([]graph.Type, error) {
	x, w := in[0].Type, in[1].Type.Shape
	if len(x.Shape) != 3 || len(w) != 3 || w[0] != x.Shape[1] || w[1] != 1 || w[2] < 1 {
		return nil, fmt.Errorf("causal convolution of %v by %v: want batch by channels by length, and channels by 1 by kernel", x.Shape, w)
	}
	state := tensor.Shape{x.Shape[0], x.Shape[1], w[2] - 1}
	if b := optional(in, 2); b != nil && !b.Type.Shape.Equal(tensor.Shape{w[0]}) {
		return nil, fmt.Errorf("causal convolution: want a bias for %d channels, got %v", w[0], b.Type.Shape)
	}
	if p := optional(in, 3); p != nil && !p.Type.Shape.Equal(state) {
		return nil, fmt.Errorf("causal convolution: want a past state of %v, got %v", state, p.Type.Shape)
	}
	return []graph.Type{x, {DType: x.DType, Shape: state}}[:o.outputs], nil
}

// Eval implements graph.Op.
func (o causalConv) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x, w, bias, past := in[0], in[1], optional(in, 2), optional(in, 3)
	n, k := x.Shape[2], w.Shape[2]
	y := tensor.New[float64](x.Shape)
	state := tensor.New[float64](tensor.Shape{x.Shape[0], x.Shape[1], k - 1})
	for r := range x.Shape[0] * x.Shape[1] {
		c := r % x.Shape[1]
		row := make([]float64, k-1, k-1+n)
		if past != nil {
			copy(row, past.Data[r*(k-1):(r+1)*(k-1)])
		}
		row = append(row, x.Data[r*n:(r+1)*n]...)
		copy(state.Data[r*(k-1):(r+1)*(k-1)], row[n:])
		for i := range n {
			v := 0.0
			if bias != nil {
				v = bias.Data[c]
			}
			for j := range k {
				v += w.Data[c*k+j] * row[i+j]
			}
			if o.gated {
				v /= 1 + math.Exp(-v)
			}
			y.Data[r*n+i] = v
		}
	}
	return []*tensor.Float{y, state}[:o.outputs], nil
}

// Expand implements graph.Composite.
func (o causalConv) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	s, k := in[0].Type.Shape, in[1].Type.Shape[2]
	past := optional(in, 3)
	if past == nil {
		past = c.tensor(in[0], tensor.New[float64](tensor.Shape{s[0], s[1], k - 1}))
	}
	row := in[0]
	if k > 1 {
		row = c.concat(2, past, in[0])
	}
	conv := []*graph.Value{row, in[1]}
	if b := optional(in, 2); b != nil {
		conv = append(conv, b)
	}
	y := c.op("Conv", attrs{"group": int64(s[1]), "kernel_shape": []int64{int64(k)}}, conv...)
	if o.gated {
		y = c.apply("Swish", unary{f: func(v float64) float64 { return v / (1 + math.Exp(-v)) }}, y)
	}
	state := past
	if k > 1 {
		state = c.slice(row, 2, s[2], s[2]+k-1)
	}
	return c.done([]*graph.Value{y, state}[:o.outputs]...)
}
