package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Acosh", 9, decodeAcosh) }

// Acosh (ONNX 9, 22).
func decodeAcosh(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Acosh(x) })
}
