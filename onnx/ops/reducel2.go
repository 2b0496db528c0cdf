package ops

import (
	"math"

	"assay/ir/graph"
)

func init() {
	registerFold("ReduceL2", fold{eval: func(xs []float64) float64 { return math.Sqrt(sumOf(xs, square)) }, compose: composeReduceL2})
}

// ReduceL2 (ONNX 1, 11, 13: axes is an attribute; 18: a constant input): the root of the sum of the squares.
func composeReduceL2(c *compose, x *graph.Value, o reduce) *graph.Value {
	return c.sqrt(c.apply("ReduceSum", o, c.square(x)))
}
