package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Cos", 7, decodeCos) }

// Cos (ONNX 7, 22).
func decodeCos(a *Attrs) (graph.Op, error) {
	return newUnary(a, false, func(x float64) float64 { return math.Cos(x) })
}
