package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Sigmoid", 6, decodeSigmoid) }

// Sigmoid (ONNX 6, 13): 1/(1+exp(-x)).
func decodeSigmoid(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) })
}
