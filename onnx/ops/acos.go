package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Acos", 7, decodeAcos) }

// Acos (ONNX 7, 22).
func decodeAcos(a *Attrs) (graph.Op, error) {
	return newUnary(a, false, func(x float64) float64 { return math.Acos(x) })
}
