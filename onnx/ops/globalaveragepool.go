package ops

import "assay/ir/graph"

func init() { register("GlobalAveragePool", 1, decodeGlobalAveragePool) }

// GlobalAveragePool (ONNX 1, 22): the mean of each channel; spatial axes keep extent 1.
func decodeGlobalAveragePool(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return global{func(g geometry) graph.Op { return averagePool{geometry: g} }}, nil
}
