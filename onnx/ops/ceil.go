package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Ceil", 6, decodeCeil) }

// Ceil (ONNX 6, 13).
func decodeCeil(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Ceil(x) })
}
