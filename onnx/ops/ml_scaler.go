package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("Scaler", 1, decodeScaler) }

// scaler is (x - offset) * scale, with one element of each for all features or one a feature.
type scaler struct{ offset, scale *tensor.Float }

// Scaler (ai.onnx.ml 1).
func decodeScaler(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return scaler{row(a.floats("offset", []float64{0})), row(a.floats("scale", []float64{1}))}, nil
}

func row(data []float64) *tensor.Float {
	return &tensor.Float{Shape: tensor.Shape{len(data)}, Data: data}
}

func (o scaler) Infer(in []*graph.Value) ([]graph.Type, error) {
	s := in[0].Type.Shape
	if len(s) == 0 {
		return nil, &graph.Error{Code: CodeShape, Want: "features", Got: "a scalar"}
	}
	for _, t := range []*tensor.Float{o.offset, o.scale} {
		if n := len(t.Data); n != 1 && n != s[len(s)-1] {
			return nil, wantFeatures(n, s)
		}
	}
	return []graph.Type{{DType: tensor.Float32, Shape: s}}, nil
}

func (o scaler) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s := in[0].Shape
	offset, scale, y := o.offset.BroadcastTo(s), o.scale.BroadcastTo(s), tensor.New[float64](s)
	for i, x := range in[0].Data {
		y.Data[i] = (x - offset.Data[i]) * scale.Data[i]
	}
	return []*tensor.Float{y}, nil
}

func (o scaler) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	v := c.cast(in[0], tensor.Float32)
	return c.done(c.mul(c.sub(v, c.tensor(v, o.offset)), c.tensor(v, o.scale)))
}
