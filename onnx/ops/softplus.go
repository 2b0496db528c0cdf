package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Softplus", 1, decodeSoftplus) }

// Softplus (ONNX 1, 22): log(1+exp(x)), without overflow for large x.
func decodeSoftplus(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) })
}
