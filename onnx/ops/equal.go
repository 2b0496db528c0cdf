package ops

import "assay/ir/graph"

func init() { register("Equal", 7, decodeEqual) }

// Equal (ONNX 7, 11, 13, 19): a truth value for each pair. Its integer form compares the integers that the operands
// are made of, unrounded.
func decodeEqual(a *Attrs) (graph.Op, error) {
	return newPredicate(a, func(x, y float64) bool { return x == y }, equals)
}
