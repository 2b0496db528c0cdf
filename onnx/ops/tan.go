package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Tan", 7, decodeTan) }

// Tan (ONNX 7, 22).
func decodeTan(a *Attrs) (graph.Op, error) { return newUnary(a, false, math.Tan) }
