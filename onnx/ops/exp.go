package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Exp", 6, decodeExp) }

// Exp (ONNX 6, 13).
func decodeExp(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Exp(x) })
}
