package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Clip", 6, decodeClip6)
	register("Clip", 11, decodeClip)
}

// Clip (ONNX 6): bounds are attributes.
func decodeClip6(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return newClip(a.float("min", math.Inf(-1)), a.float("max", math.Inf(1))), nil
}

// Clip (ONNX 11, 12, 13): bounds are optional scalar inputs. Variable ones make it a maximum and a minimum.
func decodeClip(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 3) {
		return nil, nil
	}
	for i := 1; i < len(a.In); i++ {
		if v := a.In[i]; v != nil && v.Const == nil {
			return clip{}, nil
		}
	}
	return newClip(a.constScalar(1, math.Inf(-1)), a.constScalar(2, math.Inf(1))), nil
}

// newClip holds x within [low, high]; where low is above high the result is high, as in ONNX's own definition.
func newClip(low, high float64) graph.Op {
	return unary{f: func(x float64) float64 { return min(max(x, low), high) }, monotone: true}
}

// clip is Clip whose bounds vary.
type clip struct{}

var _ graph.Composite = clip{}

func (clip) Infer(in []*graph.Value) ([]graph.Type, error) {
	for _, v := range in[1:] {
		if v != nil && (v.Type.Shape.Size() != 1 || v.Type.DType != in[0].Type.DType) {
			return nil, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("bounds of one %v", in[0].Type.DType), Got: v.Type.String()}
		}
	}
	return []graph.Type{in[0].Type}, nil
}

func (clip) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	low, high := math.Inf(-1), math.Inf(1)
	if in[1] != nil {
		low = in[1].Data[0]
	}
	if len(in) > 2 && in[2] != nil {
		high = in[2].Data[0]
	}
	return newClip(low, high).Eval(in[:1])
}

// Expand implements graph.Composite.
func (clip) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	y := in[0]
	for i, kind := range []string{"Max", "Min"} {
		if i+1 < len(in) && in[i+1] != nil {
			y = c.op(kind, nil, y, c.reshape(in[i+1], nil))
		}
	}
	return c.done(y)
}
