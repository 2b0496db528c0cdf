package ops

import "assay/ir/graph"

func init() { register("LeakyRelu", 6, decodeLeakyRelu) }

// LeakyRelu (ONNX 6, 16): x, or alpha*x below zero.
func decodeLeakyRelu(a *Attrs) (graph.Op, error) {
	alpha := a.float("alpha", 0.01)
	return newUnary(a, alpha >= 0, func(x float64) float64 {
		if x < 0 {
			return alpha * x
		}
		return x
	})
}
