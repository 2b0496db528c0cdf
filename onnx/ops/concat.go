package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Concat", 1, decodeConcat)
	register("Concat", 4, decodeConcat)
}

// Concat (ONNX 1, 4, 11, 13): joins inputs along axis, which has a default, 1, before 4 only; all other extents
// agree.
type concat struct{ axis int }

func decodeConcat(a *Attrs) (graph.Op, error) {
	a.inputs(len(a.In), len(a.In))
	if len(a.In) == 0 {
		a.inputs(1, 1)
	}
	if !a.has("axis") && a.Opset >= 4 {
		a.refuse("axis", "present", "none")
	}
	return move{mover: concat{a.int("axis", 1)}, data: len(a.In)}, nil
}

func (o concat) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	out := in[0].Clone()
	axis, err := tensor.Axis(o.axis, len(out))
	if err != nil {
		return nil, err
	}
	for _, s := range in[1:] {
		if len(s) != len(out) {
			return nil, fmt.Errorf("concat: want rank %d, got %v", len(out), s)
		}
		for a := range s {
			if a != axis && s[a] != out[a] {
				return nil, fmt.Errorf("concat: axis %d: want extent %d, got %v", a, out[a], s)
			}
		}
		out[axis] += s[axis]
	}
	return []tensor.Shape{out}, nil
}

func (o concat) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	axis, _ := tensor.Axis(o.axis, len(out))
	index := make([]int, 0, out.Size())
	for r := range out[:axis].Size() {
		base := 0
		for _, s := range in {
			run := s[axis:].Size()
			for i := range run {
				index = append(index, base+r*run+i)
			}
			base += s.Size()
		}
	}
	return index
}
