package ops

import "assay/ir/graph"

func init() { register("Not", 1, decodeNot) }

// Not (ONNX 1) of a truth value.
func decodeNot(a *Attrs) (graph.Op, error) {
	return newUnary(a, false, func(x float64) float64 {
		if x != 0 {
			return 0
		}
		return 1
	})
}
