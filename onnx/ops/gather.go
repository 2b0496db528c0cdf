package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Gather", 1, decodeGather) }

// gather takes the slices of its input at the given positions along axis; the shape of at replaces the axis.
type gather struct {
	axis int
	at   *tensor.Float
}

// Gather (ONNX 1, 11, 13): negative indices, since opset 11, count from the end. The integer form of variable indices
// saturates those beyond the axis.
func decodeGather(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 2) {
		return nil, nil
	}
	o := gather{a.int("axis", 0), a.In[1].Const}
	if o.at == nil {
		return gatherRows{o.axis}, nil
	}
	if a.Opset < 11 {
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
		if err := within(x, s[axis]); err != nil {
			return nil, fmt.Errorf("gather %v: %w", s, err)
		}
	}
	return []tensor.Shape{splice(s, axis, o.at.Shape)}, nil
}

func (o gather) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	s := in[0]
	axis, _ := tensor.Axis(o.axis, len(s))
	run := s[axis+1:].Size()
	index := make([]int, 0, out.Size())
	for r := range s[:axis].Size() {
		for _, x := range o.at.Data {
			p := place(x, s[axis])
			for i := range run {
				index = append(index, (r*s[axis]+p)*run+i)
			}
		}
	}
	return index
}

// gatherRows is Gather whose indices vary.
type gatherRows struct{ axis int }

var _ graph.Indexer = gatherRows{}

// Indexes implements graph.Indexer.
func (o gatherRows) Indexes(in []*graph.Value, i int) (int, bool) {
	axis, err := tensor.Axis(o.axis, len(in[0].Type.Shape))
	if err != nil || i != 1 {
		return 0, false
	}
	return in[0].Type.Shape[axis], true
}

func (o gatherRows) Infer(in []*graph.Value) ([]graph.Type, error) {
	s := in[0].Type.Shape
	axis, err := tensor.Axis(o.axis, len(s))
	if err != nil {
		return nil, err
	}
	if s[axis] == 0 {
		return nil, fmt.Errorf("gather %v: axis %d: want an element to gather", s, axis)
	}
	return []graph.Type{{DType: in[0].Type.DType, Shape: splice(s, axis, in[1].Type.Shape)}}, nil
}

func (o gatherRows) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return move{mover: gather{o.axis, in[1]}, data: 1}.Eval(in)
}

func (o gatherRows) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	s, at := in[0].Shape(), in[1].Shape()
	axis, err := tensor.Axis(o.axis, len(s))
	if err != nil {
		return nil, err
	}
	front := []int{axis}
	for a := range s {
		if a != axis {
			front = append(front, a)
		}
	}
	data, err := permuted(b, in[0], front)
	if err != nil {
		return nil, err
	}
	index, err := b.Index(in[1], s[axis])
	if err != nil {
		return nil, err
	}
	rows, err := b.Select(data, index)
	if err != nil {
		return nil, err
	}
	// at, before, after becomes before, at, after.
	var back []int
	for a := range axis {
		back = append(back, len(at)+a)
	}
	for a := range at {
		back = append(back, a)
	}
	for a := axis; a < len(s)-1; a++ {
		back = append(back, len(at)+a)
	}
	return one(permuted(b, rows, back))
}
