package ops

import "assay/ir/graph"

func init() {
	register("ReduceSum", 1, func(a *Attrs) (graph.Op, error) { return attrReduce(a, sumWeight) })
	register("ReduceSum", 13, func(a *Attrs) (graph.Op, error) { return inputReduce(a, sumWeight) })
}

// sumWeight makes a reduction ReduceSum (ONNX 1, 11: axes is an attribute; 13: a constant input).
func sumWeight(int) float64 { return 1 }
