package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Asinh", 9, decodeAsinh) }

// Asinh (ONNX 9, 22).
func decodeAsinh(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Asinh(x) })
}
