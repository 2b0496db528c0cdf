package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("FeatureVectorizer", 1, decodeFeatureVectorizer) }

// featureVectorizer puts the features of its inputs side by side. A list is one row.
type featureVectorizer struct{ dims []int }

// FeatureVectorizer (ai.onnx.ml 1). inputdimensions must be the inputs' extents.
func decodeFeatureVectorizer(a *Attrs) (graph.Op, error) {
	a.inputs(1, max(len(a.In), 1))
	for i, v := range a.In {
		if v == nil {
			a.fail(CodeArity, "no omitted inputs", fmt.Sprint(i))
		}
	}
	return featureVectorizer{a.ints("inputdimensions")}, nil
}

func asRows(s tensor.Shape) tensor.Shape {
	if len(s) == 1 {
		return tensor.Shape{1, s[0]}
	}
	return s
}

func (o featureVectorizer) Infer(in []*graph.Value) ([]graph.Type, error) {
	out := tensor.Shape{asRows(in[0].Type.Shape)[0], 0}
	for i, v := range in {
		s := asRows(v.Type.Shape)
		if len(s) != 2 || s[0] != out[0] || o.dims != nil && (len(o.dims) != len(in) || o.dims[i] != s[1]) {
			return nil, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("inputs of %d rows, of %v features", out[0], o.dims), Got: s.String()}
		}
		out[1] += s[1]
	}
	return []graph.Type{{DType: tensor.Float32, Shape: out}}, nil
}

func (o featureVectorizer) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	y := &tensor.Float{}
	rows := asRows(in[0].Shape)[0]
	for r := range rows {
		for _, t := range in {
			n := asRows(t.Shape)[1]
			y.Data = append(y.Data, t.Data[r*n:(r+1)*n]...)
		}
	}
	y.Shape = tensor.Shape{rows, len(y.Data) / rows}
	return []*tensor.Float{y}, nil
}

func (o featureVectorizer) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	var vs []*graph.Value
	for _, v := range in {
		vs = append(vs, c.reshape(c.cast(v, tensor.Float32), asRows(v.Type.Shape)))
	}
	y := c.concat(1, vs...)
	if y == in[0] {
		y = c.op("Identity", nil, y)
	}
	return c.done(y)
}
