package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("ArrayFeatureExtractor", 1, decodeArrayFeatureExtractor) }

// arrayFeatureExtractor takes elements of the last axis by their indices. A list becomes one row.
type arrayFeatureExtractor struct{}

// ArrayFeatureExtractor (ai.onnx.ml 1).
func decodeArrayFeatureExtractor(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return arrayFeatureExtractor{}, nil
}

func (o arrayFeatureExtractor) shape(x, y tensor.Shape) tensor.Shape {
	s := tensor.Shape{1}
	if len(x) > 1 {
		s = x[:len(x)-1].Clone()
	}
	return append(s, y.Size())
}

func (o arrayFeatureExtractor) Infer(in []*graph.Value) ([]graph.Type, error) {
	x, y := in[0].Type.Shape, in[1].Type.Shape
	if len(x) == 0 || y.Size() == 0 || x.Size() == 0 {
		return nil, &graph.Error{Code: CodeShape, Want: "features and indices", Got: fmt.Sprintf("%v and %v", x, y)}
	}
	if k := in[1].Const; k != nil {
		for _, at := range k.Data {
			if at < 0 || at >= float64(x[len(x)-1]) {
				return nil, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("indices below %d", x[len(x)-1]), Got: fmt.Sprint(at)}
			}
		}
	}
	return []graph.Type{{DType: in[0].Type.DType, Shape: o.shape(x, y)}}, nil
}

func (o arrayFeatureExtractor) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s, n := in[0].Shape, in[0].Shape[len(in[0].Shape)-1]
	y := tensor.New[float64](o.shape(s, in[1].Shape))
	m := len(in[1].Data)
	for i := range y.Data {
		at := in[1].Data[i%m]
		if at < 0 || at >= float64(n) {
			return nil, fmt.Errorf("array feature extractor: want indices below %d, got %v", n, at)
		}
		y.Data[i] = in[0].Data[i/m*n+int(at)]
	}
	return []*tensor.Float{y}, nil
}

func (o arrayFeatureExtractor) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	s := in[0].Type.Shape
	indices := c.reshape(in[1], tensor.Shape{in[1].Type.Shape.Size()})
	y := c.op("Gather", attrs{"axis": int64(len(s) - 1)}, in[0], indices)
	return c.done(c.reshape(y, o.shape(s, in[1].Type.Shape)))
}
