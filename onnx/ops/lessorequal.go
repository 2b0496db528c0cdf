package ops

import "assay/ir/graph"

func init() { register("LessOrEqual", 12, decodeLessOrEqual) }

// LessOrEqual (ONNX 12, 16): a truth value for each pair. Its integer form compares the integers that the operands
// are made of, unrounded.
func decodeLessOrEqual(a *Attrs) (graph.Op, error) {
	return newPredicate(a, func(x, y float64) bool { return x <= y }, atMost)
}
