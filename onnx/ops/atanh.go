package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Atanh", 9, decodeAtanh) }

// Atanh (ONNX 9, 22).
func decodeAtanh(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Atanh(x) })
}
