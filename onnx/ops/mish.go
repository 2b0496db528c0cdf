package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Mish", 18, decodeMish) }

// Mish (ONNX 18, 22): x*tanh(softplus(x)).
func decodeMish(a *Attrs) (graph.Op, error) {
	return newUnary(a, false, func(x float64) float64 { return x * math.Tanh(max(x, 0)+math.Log1p(math.Exp(-math.Abs(x)))) })
}
