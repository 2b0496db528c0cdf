package ops

import "assay/ir/graph"

func init() { register("ThresholdedRelu", 10, decodeThresholdedRelu) }

// ThresholdedRelu (ONNX 10, 22): x above alpha, else 0.
func decodeThresholdedRelu(a *Attrs) (graph.Op, error) {
	alpha := a.float("alpha", 1)
	return newUnary(a, alpha >= 0, func(x float64) float64 {
		if x > alpha {
			return x
		}
		return 0
	})
}
