package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Elu", 6, decodeElu) }

// Elu (ONNX 6, 22): x, or alpha*(exp(x)-1) below zero.
func decodeElu(a *Attrs) (graph.Op, error) {
	alpha := a.float("alpha", 1)
	return newUnary(a, alpha >= 0, func(x float64) float64 {
		if x < 0 {
			return alpha * math.Expm1(x)
		}
		return x
	})
}
