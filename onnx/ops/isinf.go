package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("IsInf", 10, decodeIsInf) }

// IsInf (ONNX 10, 20) tells of each real whether it is infinite, of the signs that are asked for.
func decodeIsInf(a *Attrs) (graph.Op, error) {
	negative, positive := a.flag("detect_negative", true), a.flag("detect_positive", true)
	return newOdd(a, func(x float64) bool {
		return positive && math.IsInf(x, 1) || negative && math.IsInf(x, -1)
	})
}
