package ops

import (
	"math"
	"slices"

	"assay/ir/graph"
)

func init() { registerFold("ReduceLogSumExp", fold{eval: logSumExp, compose: composeReduceLogSumExp}) }

// logSumExp is log(sum of exp(x)), about the largest element so that nothing overflows.
func logSumExp(xs []float64) float64 {
	if len(xs) == 0 {
		return math.Inf(-1)
	}
	top := slices.Max(xs)
	if math.IsInf(top, 0) {
		return top
	}
	return top + math.Log(sumOf(xs, func(x float64) float64 { return math.Exp(x - top) }))
}

// ReduceLogSumExp (ONNX 1, 11, 13: axes is an attribute; 18, 28: a constant input): the logarithm of the sum of the
// exponentials.
func composeReduceLogSumExp(c *compose, x *graph.Value, o reduce) *graph.Value {
	if c.err != nil {
		return nil
	}
	perm, n, shape, err := o.plan(x.Type.Shape)
	if err != nil {
		c.fail(err)
		return nil
	}
	if n == 1 {
		return c.reshape(x, shape)
	}
	// One row of elements for each result.
	rows := c.reshape(c.transpose(x, perm...), []int{shape.Size(), n})
	e, top := c.softExp(rows)
	return c.reshape(c.add(c.log(c.reduce("ReduceSum", e, -1)), top), shape)
}
