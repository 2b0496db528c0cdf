package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Asin", 7, decodeAsin) }

// Asin (ONNX 7, 22).
func decodeAsin(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Asin(x) })
}
