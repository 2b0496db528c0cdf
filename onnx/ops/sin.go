package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Sin", 7, decodeSin) }

// Sin (ONNX 7, 22).
func decodeSin(a *Attrs) (graph.Op, error) {
	return newUnary(a, false, func(x float64) float64 { return math.Sin(x) })
}
