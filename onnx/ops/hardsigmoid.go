package ops

import "assay/ir/graph"

func init() { register("HardSigmoid", 6, decodeHardSigmoid) }

// HardSigmoid (ONNX 6, 22): alpha*x+beta held within [0, 1].
func decodeHardSigmoid(a *Attrs) (graph.Op, error) {
	alpha, beta := a.float("alpha", 0.2), a.float("beta", 0.5)
	return newUnary(a, alpha >= 0, func(x float64) float64 { return max(0, min(1, alpha*x+beta)) })
}
