package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Selu", 6, decodeSelu) }

// Selu (ONNX 6, 22): gamma*x, or gamma*alpha*(exp(x)-1) at or below zero.
func decodeSelu(a *Attrs) (graph.Op, error) {
	alpha := a.float("alpha", 1.67326319217681884765625)
	gamma := a.float("gamma", 1.05070102214813232421875)
	return newUnary(a, alpha*gamma >= 0 && gamma >= 0, func(x float64) float64 {
		if x <= 0 {
			return gamma * alpha * math.Expm1(x)
		}
		return gamma * x
	})
}
