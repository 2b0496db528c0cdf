package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Compress", 9, decodeCompress) }

// compress keeps the slices along axis, or without one the elements of the flattened input, at the given positions.
type compress struct {
	axis *int
	keep []int
}

// Compress (ONNX 9, 11). The condition must be constant, since it shapes the result.
func decodeCompress(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 2) {
		return nil, nil
	}
	var o compress
	if axis := a.int("axis", 0); a.has("axis") {
		o.axis = &axis
	}
	for i, v := range a.constInts(1) {
		if v != 0 {
			o.keep = append(o.keep, i)
		}
	}
	return newMove(o), nil
}

// flatten gives the shape and axis that the positions refer to.
func (o compress) flatten(s tensor.Shape) (tensor.Shape, int, error) {
	if o.axis == nil {
		return tensor.Shape{s.Size()}, 0, nil
	}
	axis, err := tensor.Axis(*o.axis, len(s))
	return s, axis, err
}

func (o compress) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	s, axis, err := o.flatten(in[0])
	if err != nil {
		return nil, err
	}
	for _, i := range o.keep {
		if i >= s[axis] {
			return nil, fmt.Errorf("want conditions for %d slices, got one for slice %d", s[axis], i)
		}
	}
	return []tensor.Shape{splice(s, axis, tensor.Shape{len(o.keep)})}, nil
}

func (o compress) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	s, axis, _ := o.flatten(in[0])
	st := s.Strides()
	index := make([]int, out.Size())
	walk(out, func(i int, at []int) {
		for a, p := range at {
			if a == axis {
				p = o.keep[p]
			}
			index[i] += p * st[a]
		}
	})
	return index
}
