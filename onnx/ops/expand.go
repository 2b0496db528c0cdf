package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Expand", 8, decodeExpand) }

// expanded broadcasts its input with a shape, both ways.
type expanded struct{ to tensor.Shape }

// Expand (ONNX 8, 13): the shape must be constant.
func decodeExpand(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return newMove(expanded{a.constInts(1)}), nil
}

func (o expanded) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	s, err := tensor.Broadcast(in[0], o.to)
	return []tensor.Shape{s}, err
}

func (o expanded) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	return in[0].BroadcastIndex(out)
}
