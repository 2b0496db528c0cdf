package ops

import "assay/ir/graph"

func init() { register("Shrink", 9, decodeShrink) }

// Shrink (ONNX 9): x+bias below -lambd, x-bias above lambd, else 0.
func decodeShrink(a *Attrs) (graph.Op, error) {
	lambd, bias := a.float("lambd", 0.5), a.float("bias", 0)
	return newUnary(a, false, func(x float64) float64 {
		switch {
		case x < -lambd:
			return x + bias
		case x > lambd:
			return x - bias
		}
		return 0
	})
}
