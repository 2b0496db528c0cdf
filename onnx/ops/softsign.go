package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Softsign", 1, decodeSoftsign) }

// Softsign (ONNX 1, 22): x/(1+|x|).
func decodeSoftsign(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return x / (1 + math.Abs(x)) })
}
