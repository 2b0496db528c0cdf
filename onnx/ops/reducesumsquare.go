package ops

import (
	"assay/ir/graph"
)

func init() {
	registerFold("ReduceSumSquare", fold{eval: func(xs []float64) float64 { return sumOf(xs, square) }, compose: composeReduceSumSquare})
}

// ReduceSumSquare (ONNX 1, 11, 13: axes is an attribute; 18: a constant input): the sum of the squares.
func composeReduceSumSquare(c *compose, x *graph.Value, o reduce) *graph.Value {
	return c.apply("ReduceSum", o, c.square(x))
}
