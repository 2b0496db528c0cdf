package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Div", 7, decodeDiv) }

// div is the quotient of two tensors.
type div struct{ binary }

var _ graph.Composite = div{}

// Div (ONNX 7, 13, 14): integers divide toward zero.
func decodeDiv(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 2) {
		return nil, nil
	}
	if !a.In[0].Type.DType.IsInteger() {
		return div{binary{f: func(x, y float64) float64 { return x / y }, lower: lowerDiv}}, nil
	}
	if d := a.In[1].Const; d != nil {
		for _, v := range d.Data {
			if v == 0 {
				return nil, &graph.Error{Code: CodeShape, Want: "an integer divisor other than 0", Got: "0"}
			}
		}
	}
	return binary{f: func(x, y float64) float64 { return math.Trunc(x / y) }, lower: lowerWholeDiv}, nil
}

// Expand multiplies by the reciprocal of a divisor that is repeated.
func (o div) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	s, err := tensor.Broadcast(in[0].Type.Shape, in[1].Type.Shape)
	if err != nil {
		return nil, err
	}
	if in[0].Const != nil || in[1].Const != nil || 2*in[1].Type.Shape.Size() > s.Size() {
		return nil, graph.ErrAtomic
	}
	c := composing(x)
	return c.done(c.mul(in[0], c.reciprocal(in[1])))
}

func lowerDiv(b *program.Builder, x, y *program.Value) (*program.Value, error) {
	d := y.Const()
	if d == nil {
		if t := x.Const(); t != nil {
			x = b.Const(t.BroadcastTo(y.Shape()))
		}
		return b.Quotient(x, y)
	}
	for i, v := range d.Data {
		if v == 0 {
			return nil, &graph.Error{Code: graph.CodeLower, Want: "a divisor other than 0", Got: fmt.Sprintf("0 at element %d", i)}
		}
	}
	return b.Affine(x, mapTensor(d, func(v float64) float64 { return 1 / v }), nil)
}

func lowerWholeDiv(b *program.Builder, x, y *program.Value) (*program.Value, error) {
	if t := x.Const(); t != nil {
		x = b.Const(t.BroadcastTo(y.Shape()))
	}
	if t := y.Const(); t != nil {
		y = b.Const(t.BroadcastTo(x.Shape()))
	}
	return b.DivideWhole(x, y)
}
