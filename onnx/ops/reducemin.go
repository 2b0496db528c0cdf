package ops

import "assay/ir/graph"

func init() {
	register("ReduceMin", 1, func(a *Attrs) (graph.Op, error) {
		o, err := attrReduce(a, sumWeight)
		return reduceMax{o.(reduce), -1}, err
	})
	register("ReduceMin", 18, func(a *Attrs) (graph.Op, error) {
		o, err := inputReduce(a, sumWeight)
		return reduceMax{o.(reduce), -1}, err
	})
}
