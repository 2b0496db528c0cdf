package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("LRN", 1, decodeLRN) }

// lrn is x/(bias + alpha*m)^beta, where m is the sum of the squares of the size channels about an element's own, over
// size.
type lrn struct {
	alpha, beta, bias float64
	size              int
}

var _ graph.Composite = lrn{}

// LRN (ONNX 1, 13).
func decodeLRN(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	o := lrn{a.float("alpha", 1e-4), a.float("beta", 0.75), a.float("bias", 1), a.int("size", 0)}
	if o.size < 1 || o.size > maxGeometry {
		a.refuse("size", "positive", o.size)
	}
	return o, nil
}

func (o lrn) Infer(in []*graph.Value) ([]graph.Type, error) {
	if len(in[0].Type.Shape) < 2 {
		return nil, fmt.Errorf("lrn: want instances x channels x more, got %v", in[0].Type.Shape)
	}
	return []graph.Type{in[0].Type}, nil
}

func (o lrn) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	out := tensor.New[float64](x.Shape)
	channels, area := x.Shape[1], x.Shape[2:].Size()
	for i, v := range x.Data {
		c := i / area % channels
		sum := 0.0
		for k := max(0, c-(o.size-1)/2); k <= min(channels-1, c+o.size/2); k++ {
			sum += square(x.Data[i+(k-c)*area])
		}
		out.Data[i] = v / math.Pow(o.bias+o.alpha/float64(o.size)*sum, o.beta)
	}
	return []*tensor.Float{out}, nil
}

// Expand sums over channels by a pool over them.
func (o lrn) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	s := in[0].Type.Shape
	v := c.operand(in[0])
	n, channels, area := s[0], s[1], s[2:].Size()
	squares := c.exact(c.reshape(c.square(v), tensor.Shape{n, 1, channels, area}))
	sums := c.op("AveragePool", attrs{"kernel_shape": []int64{int64(o.size), 1}, "pads": []int64{int64((o.size - 1) / 2), 0, int64(o.size / 2), 0}, "count_include_pad": int64(1)}, squares)
	t := c.plus(c.times(sums, o.alpha), o.bias)
	beta := o.beta
	return c.done(c.mul(v, c.reshape(c.apply("Pow", precise{unary{f: func(x float64) float64 { return math.Pow(x, -beta) }}}, t), s)))
}

func (o lrn) Work(_ []*graph.Value, out []graph.Type) int64 {
	return graph.Times(out[0].Shape.Size(), min(o.size, out[0].Shape[1]))
}
