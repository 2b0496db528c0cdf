package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("LayerNormalization", 17, decodeLayerNormalization) }

// layerNorm is (x-mean)/sqrt(variance+epsilon)*scale + bias over the axes from axis on; bias is optional. It also
// gives the mean and the inverse of the deviation, with those axes of extent 1.
type layerNorm struct {
	axis    int
	epsilon float64
	outputs int
	stash   tensor.DType
}

var _ graph.Composite = layerNorm{}

// LayerNormalization (ONNX 17).
func decodeLayerNormalization(a *Attrs) (graph.Op, error) {
	a.inputs(2, 3)
	a.outputs = 3
	return layerNorm{a.int("axis", -1), a.float("epsilon", 1e-5), a.Outputs, a.stash()}, nil
}

// stash is the type in which statistics are computed; any is as precise here.
func (a *Attrs) stash() tensor.DType {
	d := tensor.DType(a.int("stash_type", int(tensor.Float32)))
	if !d.IsFloat() {
		a.refuse("stash_type", "a type of reals", d)
	}
	return d
}

func (o layerNorm) Infer(in []*graph.Value) ([]graph.Type, error) {
	x := in[0].Type
	axis, err := tensor.Axis(o.axis, len(x.Shape))
	if err != nil {
		return nil, err
	}
	for i, v := range in[1:] {
		if v == nil {
			continue
		}
		if s, err := tensor.Broadcast(x.Shape[axis:], v.Type.Shape); err != nil || !s.Equal(x.Shape[axis:]) {
			return nil, fmt.Errorf("layer normalization: input %d: want a shape that broadcasts to %v, got %v", i+1, x.Shape[axis:], v.Type.Shape)
		}
	}
	kept := x.Shape.Clone()
	for i := axis; i < len(kept); i++ {
		kept[i] = 1
	}
	types := []graph.Type{x, {DType: o.stash, Shape: kept}, {DType: o.stash, Shape: kept}}
	return types[:max(1, o.outputs)], nil
}

func (o layerNorm) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	axis, err := tensor.Axis(o.axis, len(x.Shape))
	if err != nil {
		return nil, err
	}
	types, err := o.Infer([]*graph.Value{{Type: graph.Type{Shape: x.Shape}}})
	if err != nil {
		return nil, err
	}
	outs := []*tensor.Float{tensor.New[float64](x.Shape), nil, nil}
	for i := 1; i < len(types); i++ {
		outs[i] = tensor.New[float64](types[i].Shape)
	}
	n := x.Shape[axis:].Size()
	scale := in[1].BroadcastTo(x.Shape[axis:]).Data
	bias := make([]float64, n)
	if len(in) > 2 && in[2] != nil {
		bias = in[2].BroadcastTo(x.Shape[axis:]).Data
	}
	for r := range x.Shape[:axis].Size() {
		mean, variance := moments(x.Data[r*n : (r+1)*n])
		inverse := 1 / math.Sqrt(variance+o.epsilon)
		for i, v := range x.Data[r*n : (r+1)*n] {
			outs[0].Data[r*n+i] = (v-mean)*inverse*scale[i] + bias[i]
		}
		if outs[1] != nil {
			outs[1].Data[r] = mean
		}
		if outs[2] != nil {
			outs[2].Data[r] = inverse
		}
	}
	return outs[:len(types)], nil
}

func (o layerNorm) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c, v := composing(x), in[0]
	s := v.Type.Shape
	axis, err := tensor.Axis(o.axis, len(s))
	if err != nil {
		return nil, err
	}
	types, err := o.Infer(in)
	if err != nil {
		return nil, err
	}
	d, mean := c.centered(c.reshape(c.finer(v), tensor.Shape{s[:axis].Size(), s[axis:].Size()}))
	inverse := c.inverseDeviation(c.meanSquare(d), o.epsilon)
	y := c.mul(c.reshape(c.mul(d, inverse), s), in[1])
	if len(in) > 2 && in[2] != nil {
		y = c.add(y, in[2])
	}
	outs := []*graph.Value{y}
	for i, w := range []*graph.Value{mean, inverse} {
		if i+1 < len(types) {
			outs = append(outs, c.cast(c.reshape(w, types[i+1].Shape), o.stash))
		}
	}
	return c.done(outs...)
}
