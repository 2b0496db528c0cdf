package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Neg", 6, decodeNeg) }

// neg is linear, so it lowers to a scale and is not rounded.
type neg struct{ unary }

// Neg (ONNX 6, 13): -x.
func decodeNeg(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return neg{unary{f: func(x float64) float64 { return -x }}}, nil
}

func (neg) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Affine(in[0], tensor.Scalar(-1.0), nil))
}
