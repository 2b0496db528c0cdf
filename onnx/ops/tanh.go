package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Tanh", 6, decodeTanh) }

// Tanh (ONNX 6, 13).
func decodeTanh(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Tanh(x) })
}
