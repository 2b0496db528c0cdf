package ops

import "assay/ir/graph"

func init() { register("Identity", 1, decodeIdentity) }

// Identity (ONNX 1, 13, 14, 16, 19, 21) on tensors.
func decodeIdentity(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return relabel{same}, nil
}
