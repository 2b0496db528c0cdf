package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("RMSNormalization", 23, decodeRMSNormalization) }

// rmsNorm is x/sqrt(mean of squares + epsilon)*scale over the axes from axis on.
type rmsNorm struct {
	axis    int
	epsilon float64
}

var _ graph.Composite = rmsNorm{}

// RMSNormalization (ONNX 23).
func decodeRMSNormalization(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	a.stash()
	return rmsNorm{a.int("axis", -1), a.float("epsilon", 1e-5)}, nil
}

func (o rmsNorm) Infer(in []*graph.Value) ([]graph.Type, error) {
	x := in[0].Type
	axis, err := tensor.Axis(o.axis, len(x.Shape))
	if err != nil {
		return nil, err
	}
	if s, err := tensor.Broadcast(x.Shape[axis:], in[1].Type.Shape); err != nil || !s.Equal(x.Shape[axis:]) {
		return nil, fmt.Errorf("rms normalization: want a scale that broadcasts to %v, got %v", x.Shape[axis:], in[1].Type.Shape)
	}
	return []graph.Type{{DType: in[1].Type.DType, Shape: x.Shape}}, nil
}

func (o rmsNorm) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	axis, err := tensor.Axis(o.axis, len(x.Shape))
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](x.Shape)
	n := x.Shape[axis:].Size()
	scale := in[1].BroadcastTo(x.Shape[axis:]).Data
	for r := range x.Shape[:axis].Size() {
		row := x.Data[r*n : (r+1)*n]
		root := math.Sqrt(sumOf(row, square)/float64(n) + o.epsilon)
		for i, v := range row {
			out.Data[r*n+i] = v / root * scale[i]
		}
	}
	return []*tensor.Float{out}, nil
}

func (o rmsNorm) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c, v := composing(x), in[0]
	s := v.Type.Shape
	axis, err := tensor.Axis(o.axis, len(s))
	if err != nil {
		return nil, err
	}
	rows := c.reshape(c.finer(v), tensor.Shape{s[:axis].Size(), s[axis:].Size()})
	y := c.reshape(c.mul(rows, c.inverseDeviation(c.meanSquare(rows), o.epsilon)), s)
	return c.done(c.mul(c.cast(y, in[1].Type.DType), in[1]))
}
