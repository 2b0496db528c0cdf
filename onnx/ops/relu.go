package ops

import "assay/ir/graph"

func init() { register("Relu", 6, decodeRelu) }

// Relu (ONNX 6, 13, 14): max(x, 0).
func decodeRelu(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return max(x, 0) })
}
