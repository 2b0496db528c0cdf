package ops

import "assay/ir/graph"

func init() { register("GreaterOrEqual", 12, decodeGreaterOrEqual) }

// GreaterOrEqual (ONNX 12, 16): a truth value for each pair. Its integer form compares the integers that the operands
// are made of, unrounded.
func decodeGreaterOrEqual(a *Attrs) (graph.Op, error) {
	return newPredicate(a, func(x, y float64) bool { return x >= y }, atLeast)
}
