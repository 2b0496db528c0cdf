package ops

import (
	"math"

	"assay/ir/graph"
)

func init() {
	register("Clip", 6, decodeClip6)
	register("Clip", 11, decodeClip)
}

// Clip (ONNX 6): bounds are attributes.
func decodeClip6(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return newClip(a.float("min", math.Inf(-1)), a.float("max", math.Inf(1))), nil
}

// Clip (ONNX 11, 12, 13): bounds are optional scalar inputs, which must be constants.
func decodeClip(a *Attrs) (graph.Op, error) {
	a.inputs(1, 3)
	return newClip(a.constScalar(1, math.Inf(-1)), a.constScalar(2, math.Inf(1))), nil
}

// newClip holds x within [low, high]; where low is above high the result is high, as in ONNX's own definition.
func newClip(low, high float64) graph.Op {
	return unary{f: func(x float64) float64 { return min(max(x, low), high) }, monotone: true}
}
