package ops

import (
	"math"

	"assay/ir/graph"
)

func init() {
	registerFold("ReduceLogSum", fold{eval: func(xs []float64) float64 { return math.Log(sumOf(xs, identical)) }, compose: composeReduceLogSum})
}

// ReduceLogSum (ONNX 1, 11, 13: axes is an attribute; 18, 28: a constant input): the logarithm of the sum.
func composeReduceLogSum(c *compose, x *graph.Value, o reduce) *graph.Value {
	return c.log(c.apply("ReduceSum", o, x))
}
