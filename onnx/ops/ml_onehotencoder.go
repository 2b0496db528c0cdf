package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { registerML("OneHotEncoder", 1, decodeOneHotEncoder) }

// oneHotEncoder gives each element a last axis with 1 at its category, and else 0. Reals are truncated.
type oneHotEncoder struct{ categories []float64 }

// OneHotEncoder (ai.onnx.ml 1). What is no category becomes zeros: with the attribute zeros 0 a runtime fails there,
// and a program cannot.
func decodeOneHotEncoder(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	a.flag("zeros", true)
	if a.texts("cats_strings") != nil {
		a.refuse("cats_strings", "absent, as inputs are numbers", "strings")
	}
	var o oneHotEncoder
	for _, v := range a.ints("cats_int64s") {
		o.categories = append(o.categories, float64(v))
	}
	if len(o.categories) == 0 {
		a.refuse("cats_int64s", "of categories", "none")
	}
	return o, nil
}

func (o oneHotEncoder) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{{DType: tensor.Float32, Shape: append(in[0].Type.Shape.Clone(), len(o.categories))}}, nil
}

func (o oneHotEncoder) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	y := tensor.New[float64](append(in[0].Shape.Clone(), len(o.categories)))
	for i := range y.Data {
		x := in[0].Data[i/len(o.categories)]
		if x != x {
			return nil, fmt.Errorf("one-hot encoder: element %d: want a number, got NaN", i/len(o.categories))
		}
		if math.Trunc(x) == o.categories[i%len(o.categories)] {
			y.Data[i] = 1
		}
	}
	return []*tensor.Float{y}, nil
}

func (o oneHotEncoder) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	var categories inSpans
	for _, v := range o.categories {
		s := program.Span{Low: v, High: v + 1}
		if v <= 0 {
			s = program.Span{Low: v - 1, High: v, Above: true, Through: true}
		}
		if v == 0 {
			s.High, s.Through = 1, false
		}
		categories.sets = append(categories.sets, []program.Span{s})
	}
	c := composing(x)
	return c.done(c.apply("Within", categories, in[0]))
}
