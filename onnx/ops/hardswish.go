package ops

import "assay/ir/graph"

func init() { register("HardSwish", 14, decodeHardSwish) }

// HardSwish (ONNX 14, 22): x * HardSigmoid(x) with alpha 1/6 and beta 1/2.
func decodeHardSwish(a *Attrs) (graph.Op, error) {
	return newUnary(a, false, func(x float64) float64 { return x * max(0, min(1, x/6+0.5)) })
}
