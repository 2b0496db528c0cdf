package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Sqrt", 6, decodeSqrt) }

// sqrt does not fuse with other functions: near zero it needs more levels than their table would have.
type sqrt struct{}

// Sqrt (ONNX 6, 13): NaN below zero, where the integer form gives 0.
func decodeSqrt(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return sqrt{}, nil
}

func (sqrt) Infer(in []*graph.Value) ([]graph.Type, error) { return []graph.Type{in[0].Type}, nil }

func (sqrt) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{mapTensor(in[0], math.Sqrt)}, nil
}

func (sqrt) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Root(in[0]))
}
