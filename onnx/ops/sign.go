package ops

import "assay/ir/graph"

func init() { register("Sign", 9, decodeSign) }

// Sign (ONNX 9, 13): -1, 0 or 1.
func decodeSign(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 {
		switch {
		case x > 0:
			return 1
		case x < 0:
			return -1
		}
		return x
	})
}
