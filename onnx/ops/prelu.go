package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("PRelu", 7, decodePRelu) }

// prelu (ONNX 7, 9, 16) is x, or slope*x below zero; slope broadcasts to x.
type prelu struct{}

var _ graph.Composite = prelu{}

func decodePRelu(a *Attrs) (graph.Op, error) {
	if at, slope, ok := withScalar(a); ok && at == 0 {
		return unary{f: func(x float64) float64 { return relu(x) + slope*min(x, 0) }, monotone: slope >= 0}, nil
	}
	return prelu{}, nil
}

func relu(x float64) float64 { return max(x, 0) }

func (prelu) Infer(in []*graph.Value) ([]graph.Type, error) {
	x, slope := in[0].Type, in[1].Type
	if s, err := tensor.Broadcast(x.Shape, slope.Shape); err != nil || !s.Equal(x.Shape) {
		return nil, fmt.Errorf("prelu: want a slope that broadcasts to %v, got %v", x.Shape, slope.Shape)
	}
	return []graph.Type{x}, nil
}

func (prelu) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x, slope := in[0], in[1].BroadcastTo(in[0].Shape)
	out := tensor.New[float64](x.Shape)
	for i, v := range x.Data {
		out.Data[i] = relu(v) + slope.Data[i]*min(v, 0)
	}
	return []*tensor.Float{out}, nil
}

// Expand multiplies a variable slope by min(x, 0).
func (prelu) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	if in[1].Const != nil {
		return nil, graph.ErrAtomic
	}
	c := composing(x)
	r := c.op("Relu", nil, in[0])
	return c.done(c.add(r, c.mul(c.sub(in[0], r), in[1])))
}

// Lower uses slope*x + (1-slope)*relu(x), so that one table serves all slopes.
func (prelu) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	x, slope := in[0], in[1].Const()
	if slope == nil {
		return nil, notLowered("a constant slope", "a variable one, which expands")
	}
	r, err := b.Map(x, relu)
	if err != nil {
		return nil, err
	}
	if r, err = b.Affine(r, mapTensor(slope, func(s float64) float64 { return 1 - s }), nil); err != nil {
		return nil, err
	}
	if x, err = b.Affine(x, slope, nil); err != nil {
		return nil, err
	}
	return one(b.Add([]*program.Value{x, r}, []float64{1, 1}))
}
