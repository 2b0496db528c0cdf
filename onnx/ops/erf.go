package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Erf", 9, decodeErf) }

// Erf (ONNX 9, 13): the error function.
func decodeErf(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Erf(x) })
}
