package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Transpose", 1, decodeTranspose) }

// Transpose (ONNX 1, 13, 21): axis i of the result is axis perm[i] of the input; perm reverses by default.
type transposed struct{ perm []int }

func decodeTranspose(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return newMove(transposed{a.ints("perm")}), nil
}

func (o transposed) order(rank int) ([]int, error) {
	if o.perm == nil {
		p := make([]int, rank)
		for i := range p {
			p[i] = rank - 1 - i
		}
		return p, nil
	}
	seen := make([]bool, rank)
	for _, p := range o.perm {
		if len(o.perm) != rank || p < 0 || p >= rank || seen[p] {
			return nil, fmt.Errorf("transpose: want a permutation of %d axes, got %v", rank, o.perm)
		}
		seen[p] = true
	}
	if len(o.perm) != rank {
		return nil, fmt.Errorf("transpose: want a permutation of %d axes, got %v", rank, o.perm)
	}
	return o.perm, nil
}

func (o transposed) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	p, err := o.order(len(in[0]))
	if err != nil {
		return nil, err
	}
	return []tensor.Shape{permute(in[0], p)}, nil
}

func (o transposed) index(in []tensor.Shape, _ int, _ tensor.Shape) []int {
	p, _ := o.order(len(in[0]))
	return transposeIndex(in[0], p)
}
