package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
)

func init() { register("Or", 7, decodeOr) }

// Or (ONNX 7) of truth values.
func decodeOr(a *Attrs) (graph.Op, error) {
	return newPredicate(a, func(x, y float64) bool { return x != 0 || y != 0 }, func(b *program.Builder, x, y *program.Value) (*program.Value, error) {
		return b.Or(x, y)
	})
}
