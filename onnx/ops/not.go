package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
)

func init() { register("Not", 1, decodeNot) }

// not (ONNX 1) of a truth value, which is linear.
type not struct{ unary }

func decodeNot(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return not{unary{f: func(x float64) float64 {
		if x != 0 {
			return 0
		}
		return 1
	}}}, nil
}

func (o not) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Not(in[0]))
}
