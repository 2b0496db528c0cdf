package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Celu", 12, decodeCelu) }

// Celu (ONNX 12): max(0, x) + min(0, alpha*(exp(x/alpha)-1)).
func decodeCelu(a *Attrs) (graph.Op, error) {
	alpha := a.float("alpha", 1)
	if alpha == 0 {
		a.refuse("alpha", "other than 0", alpha)
	}
	return newUnary(a, alpha > 0, func(x float64) float64 { return max(0, x) + min(0, alpha*math.Expm1(x/alpha)) })
}
