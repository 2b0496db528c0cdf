package ops

import (
	"math"

	"assay/ir/graph"
)

func init() {
	registerFold("ReduceL1", fold{eval: func(xs []float64) float64 { return sumOf(xs, math.Abs) }, compose: composeReduceL1})
}

// ReduceL1 (ONNX 1, 11, 13: axes is an attribute; 18: a constant input): the sum of the magnitudes.
func composeReduceL1(c *compose, x *graph.Value, o reduce) *graph.Value {
	return c.apply("ReduceSum", o, c.abs(x))
}
