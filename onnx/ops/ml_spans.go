package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// inSpans is, for each element and each set of spans, 1 where the element lies in the set, else 0, along a last axis of
// the sets. No kind of ONNX names it: comparisons with constants in ai.onnx.ml expand to it, since there a number
// that is compared with itself must be found equal although inputs are rounded.
type inSpans struct{ sets [][]program.Span }

var (
	_ graph.Lowerer    = inSpans{}
	_ graph.Comparison = inSpans{}
)

func (o inSpans) shape(in tensor.Shape) tensor.Shape { return append(in.Clone(), len(o.sets)) }

func (o inSpans) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{{DType: tensor.Float32, Shape: o.shape(in[0].Type.Shape)}}, nil
}

func (o inSpans) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	y := tensor.New[float64](o.shape(in[0].Shape))
	for i := range y.Data {
		x := in[0].Data[i/len(o.sets)]
		for _, s := range o.sets[i%len(o.sets)] {
			if (x > s.Low || x == s.Low && !s.Above) && (x < s.High || x == s.High && s.Through) {
				y.Data[i] = 1
			}
		}
	}
	return []*tensor.Float{y}, nil
}

func (o inSpans) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Within(in[0], o.sets...))
}

// Compares implements graph.Comparison.
func (o inSpans) Compares() bool { return true }

// equals is 1 where an element equals a value, along a last axis of the values.
func (c *compose) equals(x *graph.Value, values ...float64) *graph.Value {
	var o inSpans
	for _, v := range values {
		o.sets = append(o.sets, []program.Span{program.Point(v)})
	}
	return c.apply("Within", o, x)
}
