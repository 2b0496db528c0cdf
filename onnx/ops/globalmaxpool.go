package ops

import "assay/ir/graph"

func init() { register("GlobalMaxPool", 1, decodeGlobalMaxPool) }

// GlobalMaxPool (ONNX 1, 22): the maximum of each channel; spatial axes keep extent 1.
func decodeGlobalMaxPool(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return global{func(g geometry) graph.Op { return maxPool{geometry: g} }}, nil
}
