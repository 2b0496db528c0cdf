package ops

import "assay/ir/graph"

func init() { register("And", 7, decodeAnd) }

// And (ONNX 7) of truth values. It has an integer form only where it folds or is composed.
func decodeAnd(a *Attrs) (graph.Op, error) {
	return newPredicate(a, func(x, y float64) bool { return x != 0 && y != 0 })
}
