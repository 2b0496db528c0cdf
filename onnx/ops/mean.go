package ops

import "assay/ir/graph"

func init() { register("Mean", 6, decodeMean) }

// Mean (ONNX 6, 8, 13): the mean of one or more tensors, with broadcasting.
func decodeMean(a *Attrs) (graph.Op, error) { return newSum(a, meanWeight) }
