package ops

import "assay/ir/graph"

func init() {
	register("ReduceMean", 1, func(a *Attrs) (graph.Op, error) { return attrReduce(a, meanWeight) })
	register("ReduceMean", 18, func(a *Attrs) (graph.Op, error) { return inputReduce(a, meanWeight) })
}

// meanWeight makes a reduction ReduceMean (ONNX 1, 11, 13: axes is an attribute; 18: a constant input).
func meanWeight(n int) float64 { return 1 / float64(n) }
