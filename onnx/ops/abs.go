package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Abs", 6, decodeAbs) }

// Abs (ONNX 6, 13): |x|.
func decodeAbs(a *Attrs) (graph.Op, error) {
	return newUnary(a, false, func(x float64) float64 { return math.Abs(x) })
}
