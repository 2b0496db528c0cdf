package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { registerML("Binarizer", 1, decodeBinarizer) }

// binarizer is 1 where x is greater than the threshold, else 0.
type binarizer struct{ threshold float64 }

// Binarizer (ai.onnx.ml 1).
func decodeBinarizer(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return binarizer{a.float("threshold", 0)}, nil
}

func (o binarizer) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{in[0].Type}, nil
}

func (o binarizer) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{mapTensor(in[0], func(x float64) float64 {
		if x > o.threshold {
			return 1
		}
		return 0
	})}, nil
}

func (o binarizer) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	above := inSpans{[][]program.Span{{{Low: o.threshold, High: math.Inf(1), Above: true}}}}
	y := c.reshape(c.apply("Within", above, in[0]), in[0].Type.Shape)
	return c.done(c.cast(y, in[0].Type.DType))
}
