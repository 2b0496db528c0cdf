package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Trilu", 14, decodeTrilu) }

// trilu (ONNX 14) keeps the upper or lower triangle of each matrix, from the k-th diagonal on, and zeroes the rest.
type trilu struct {
	k     int
	upper bool
}

func decodeTrilu(a *Attrs) (graph.Op, error) {
	a.inputs(1, 2)
	return newMove(trilu{saturate(a.constScalar(1, 0)), a.flag("upper", true)}), nil
}

func (o trilu) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	if len(in[0]) < 2 {
		return nil, fmt.Errorf("want matrices, got %v", in[0])
	}
	return in[:1], nil
}

func (o trilu) index(_ []tensor.Shape, _ int, out tensor.Shape) []int {
	index := make([]int, out.Size())
	rank := len(out)
	walk(out, func(i int, at []int) {
		index[i] = i
		if d := at[rank-1] - at[rank-2]; o.upper && d < o.k || !o.upper && d > o.k {
			index[i] = -1
		}
	})
	return index
}
