package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Round", 11, decodeRound) }

// Round (ONNX 11, 22): to the nearest integer, halves to even.
func decodeRound(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.RoundToEven(x) })
}
