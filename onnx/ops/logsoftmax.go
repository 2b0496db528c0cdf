package ops

import "assay/ir/graph"

func init() {
	register("LogSoftmax", 1, func(a *Attrs) (graph.Op, error) { return newNormalize(a, 1, true, true) })
	register("LogSoftmax", 13, func(a *Attrs) (graph.Op, error) { return newNormalize(a, -1, false, true) })
}
