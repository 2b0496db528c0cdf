package ops

import "assay/ir/graph"

func init() { register("Reciprocal", 6, decodeReciprocal) }

// Reciprocal (ONNX 6, 13): 1/x.
func decodeReciprocal(a *Attrs) (graph.Op, error) {
	return newUnary(a, false, func(x float64) float64 { return 1 / x })
}
