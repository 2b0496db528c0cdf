package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("DepthToSpace", 1, decodeDepthToSpace1)
	register("DepthToSpace", 11, decodeDepthToSpace)
}

// blocks moves channels of N x C x H x W into blocks of the spatial axes. It is a reshape to the axes of split, a
// permutation, and a reshape back.
type blocks struct {
	size     int
	crd, out bool // channel-first order; from space to depth
}

// DepthToSpace (ONNX 1): depth, column, row order.
func decodeDepthToSpace1(a *Attrs) (graph.Op, error) { return newBlocks(a, false, false) }

// DepthToSpace (ONNX 11, 13): mode DCR or CRD.
func decodeDepthToSpace(a *Attrs) (graph.Op, error) {
	return newBlocks(a, blockMode(a), false)
}

// blockMode reports whether channels are outermost.
func blockMode(a *Attrs) bool {
	mode := a.string("mode", "DCR")
	if mode != "DCR" && mode != "CRD" {
		a.refuse("mode", "DCR or CRD", mode)
	}
	return mode == "CRD"
}

func newBlocks(a *Attrs, crd, out bool) (graph.Op, error) {
	a.inputs(1, 1)
	o := blocks{a.int("blocksize", 0), crd, out}
	if o.size < 1 || o.size > maxGeometry {
		a.refuse("blocksize", fmt.Sprintf("within [1, %d]", maxGeometry), o.size)
	}
	return newMove(o), nil
}

// split gives the axes between the reshapes, their order in the result, and its shape.
func (o blocks) split(s tensor.Shape) (axes tensor.Shape, perm []int, out tensor.Shape, err error) {
	b := o.size
	switch {
	case len(s) != 4:
	case o.out && s[2]%b == 0 && s[3]%b == 0:
		axes, perm = tensor.Shape{s[0], s[1], s[2] / b, b, s[3] / b, b}, []int{0, 3, 5, 1, 2, 4}
		if o.crd {
			perm = []int{0, 1, 3, 5, 2, 4}
		}
		return axes, perm, tensor.Shape{s[0], s[1] * b * b, s[2] / b, s[3] / b}, nil
	case !o.out && s[1]%(b*b) == 0:
		c := s[1] / (b * b)
		axes, perm = tensor.Shape{s[0], b, b, c, s[2], s[3]}, []int{0, 3, 4, 1, 5, 2}
		if o.crd {
			axes, perm = tensor.Shape{s[0], c, b, b, s[2], s[3]}, []int{0, 1, 4, 2, 5, 3}
		}
		return axes, perm, tensor.Shape{s[0], c, s[2] * b, s[3] * b}, nil
	}
	return nil, nil, nil, fmt.Errorf("blocks: want four axes that divide into blocks of %d, got %v", b, s)
}

func (o blocks) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	_, _, out, err := o.split(in[0])
	return []tensor.Shape{out}, err
}

func (o blocks) index(in []tensor.Shape, _ int, _ tensor.Shape) []int {
	axes, perm, _, _ := o.split(in[0])
	return transposeIndex(axes, perm)
}
