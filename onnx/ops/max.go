package ops

import "assay/ir/graph"

func init() { register("Max", 6, decodeMax) }

// Max (ONNX 6, 8, 12, 13) of any number of tensors, with broadcasting since 8. Its integer form needs one variable and
// a constant of one element.
func decodeMax(a *Attrs) (graph.Op, error) {
	return newExtreme(a, func(x, y float64) float64 { return max(x, y) })
}
