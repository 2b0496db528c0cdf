package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Sinh", 9, decodeSinh) }

// Sinh (ONNX 9, 22).
func decodeSinh(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Sinh(x) })
}
