package ops

import "assay/ir/graph"

func init() {
	register("ReduceMin", 1, func(a *Attrs) (graph.Op, error) { return newReduceExtreme(a, attrReduce, -1) })
	register("ReduceMin", 18, func(a *Attrs) (graph.Op, error) { return newReduceExtreme(a, inputReduce, -1) })
}
