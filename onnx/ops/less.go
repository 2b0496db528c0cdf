package ops

import "assay/ir/graph"

func init() { register("Less", 7, decodeLess) }

// Less (ONNX 7, 9, 13): a truth value for each pair. Its integer form compares the integers that the operands
// are made of, unrounded.
func decodeLess(a *Attrs) (graph.Op, error) {
	return newPredicate(a, func(x, y float64) bool { return x < y }, below)
}
