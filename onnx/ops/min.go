package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
)

func init() { register("Min", 6, decodeMin) }

// Min (ONNX 6, 8, 12, 13) of any number of tensors, with broadcasting since 8.
func decodeMin(a *Attrs) (graph.Op, error) {
	return newExtreme(a, func(x, y float64) float64 { return min(x, y) },
		func(b *program.Builder, x, y *program.Value) (*program.Value, error) { return b.Smaller(x, y) })
}
