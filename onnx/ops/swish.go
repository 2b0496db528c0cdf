package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Swish", 24, decodeSwish) }

// Swish (ONNX 24): x*sigmoid(alpha*x).
func decodeSwish(a *Attrs) (graph.Op, error) {
	alpha := a.float("alpha", 1)
	return newUnary(a, false, func(x float64) float64 { return x / (1 + math.Exp(-alpha*x)) })
}
