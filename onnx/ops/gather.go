package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Gather", 1, decodeGather) }

// gather takes the slices of its input at the given positions along axis; the shape of at replaces the axis.
type gather struct {
	axis int
	at   *tensor.Float
}

// Gather (ONNX 1, 11, 13): indices must be constant; negative ones, since opset 11, count from the end.
func decodeGather(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	o := gather{a.int("axis", 0), a.constant(1)}
	if o.at != nil && a.Opset < 11 {
		for _, x := range o.at.Data {
			if x < 0 {
				a.fail(CodeShape, "indices of at least 0 before opset 11", fmt.Sprint(x))
			}
		}
	}
	return newMove(o), nil
}

func (o gather) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	s := in[0]
	axis, err := tensor.Axis(o.axis, len(s))
	if err != nil {
		return nil, err
	}
	for _, x := range o.at.Data {
		if x < float64(-s[axis]) || x >= float64(s[axis]) {
			return nil, fmt.Errorf("gather %v: want indices within [-%d, %d), got %v", s, s[axis], s[axis], x)
		}
	}
	out := append(s[:axis].Clone(), o.at.Shape...)
	return []tensor.Shape{append(out, s[axis+1:]...)}, nil
}

func (o gather) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	s := in[0]
	axis, _ := tensor.Axis(o.axis, len(s))
	run := s[axis+1:].Size()
	index := make([]int, 0, out.Size())
	for r := range s[:axis].Size() {
		for _, x := range o.at.Data {
			p := int(x)
			if p < 0 {
				p += s[axis]
			}
			for i := range run {
				index = append(index, (r*s[axis]+p)*run+i)
			}
		}
	}
	return index
}
