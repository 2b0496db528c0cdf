package ops

import "assay/ir/graph"

func init() { register("Greater", 7, decodeGreater) }

// Greater (ONNX 7, 9, 13): a truth value for each pair. It has an integer form only where it folds or is composed.
func decodeGreater(a *Attrs) (graph.Op, error) {
	return newPredicate(a, func(x, y float64) bool { return x > y })
}
