package ops

import "assay/ir/graph"

func init() { register("LessOrEqual", 12, decodeLessOrEqual) }

// LessOrEqual (ONNX 12, 16): a truth value for each pair. It has an integer form only where it folds or is composed.
func decodeLessOrEqual(a *Attrs) (graph.Op, error) {
	return newPredicate(a, func(x, y float64) bool { return x <= y })
}
