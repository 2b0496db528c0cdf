package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Tile", 6, decodeTile) }

// tile repeats its input along each axis.
type tile struct{ repeats []int }

// Tile (ONNX 6, 13): repeats must be constant.
func decodeTile(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return newMove(tile{a.constInts(1)}), nil
}

func (o tile) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	out := in[0].Clone()
	if len(o.repeats) != len(out) {
		return nil, fmt.Errorf("tile %v: want %d repeats, got %v", out, len(out), o.repeats)
	}
	for i, r := range o.repeats {
		if r < 0 || r > maxGeometry {
			return nil, fmt.Errorf("tile: want repeats within [0, %d], got %v", maxGeometry, o.repeats)
		}
		out[i] *= r
	}
	return []tensor.Shape{out}, nil
}

func (o tile) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	st := in[0].Strides()
	index := make([]int, out.Size())
	walk(out, func(i int, at []int) {
		for a, p := range at {
			index[i] += p % in[0][a] * st[a]
		}
	})
	return index
}
