package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Sqrt", 6, decodeSqrt) }

// Sqrt (ONNX 6, 13): NaN below zero.
func decodeSqrt(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Sqrt(x) })
}
