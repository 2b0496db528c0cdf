package ops

import "assay/ir/graph"

func init() {
	register("Softmax", 1, func(a *Attrs) (graph.Op, error) { return newNormalize(a, 1, true, false) })
	register("Softmax", 13, func(a *Attrs) (graph.Op, error) { return newNormalize(a, -1, false, false) })
}

// newNormalize is Softmax or, with log, LogSoftmax. Up to opset 11 (flat) the axes from axis on, 1 by default, are
// normalized together; since 13 axis alone, by default the last.
func newNormalize(a *Attrs, axis int, flat, log bool) (graph.Op, error) {
	a.inputs(1, 1)
	return normalize{a.int("axis", axis), flat, log}, nil
}
