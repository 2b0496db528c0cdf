package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Pow", 7, decodePow) }

// Pow (ONNX 7, 12, 13, 15): x to the power y. Its integer form needs one operand to be a constant of one element.
func decodePow(a *Attrs) (graph.Op, error) {
	at, c, ok := withScalar(a)
	switch {
	case ok && at == 0:
		return unary{f: func(x float64) float64 { return math.Pow(x, c) }}, nil
	case ok && a.In[0].Type.DType == a.In[1].Type.DType:
		return unary{f: func(x float64) float64 { return math.Pow(c, x) }, monotone: c >= 1, at: 1}, nil
	}
	return binary{f: math.Pow, mixed: true}, nil
}
