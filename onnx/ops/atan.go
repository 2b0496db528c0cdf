package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Atan", 7, decodeAtan) }

// Atan (ONNX 7, 22).
func decodeAtan(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Atan(x) })
}
