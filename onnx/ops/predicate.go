package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

// newPredicate is the operator that gives a truth value, 0 or 1, for each pair of elements.
func newPredicate(a *Attrs, f func(x, y float64) bool) (graph.Op, error) {
	a.inputs(2, 2)
	return binary{out: tensor.Bool, f: func(x, y float64) float64 {
		if f(x, y) {
			return 1
		}
		return 0
	}}, nil
}
