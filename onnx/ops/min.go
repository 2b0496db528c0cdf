package ops

import "assay/ir/graph"

func init() { register("Min", 6, decodeMin) }

// Min (ONNX 6, 8, 12, 13) of any number of tensors, with broadcasting since 8. Its integer form needs one variable and
// a constant of one element.
func decodeMin(a *Attrs) (graph.Op, error) {
	return newExtreme(a, func(x, y float64) float64 { return min(x, y) })
}
