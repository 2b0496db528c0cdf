package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Floor", 6, decodeFloor) }

// Floor (ONNX 6, 13).
func decodeFloor(a *Attrs) (graph.Op, error) {
	return newUnary(a, true, func(x float64) float64 { return math.Floor(x) })
}
