package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Cosh", 9, decodeCosh) }

// Cosh (ONNX 9, 22).
func decodeCosh(a *Attrs) (graph.Op, error) {
	return newUnary(a, false, func(x float64) float64 { return math.Cosh(x) })
}
