package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Log", 6, decodeLog) }

// Log (ONNX 6, 13): the natural logarithm; NaN below zero.
func decodeLog(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Log(x) })
}
