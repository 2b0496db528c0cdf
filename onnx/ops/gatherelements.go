package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("GatherElements", 11, decodeGatherElements) }

// gatherElements (ONNX 11, 13) takes, for each index, the element at that position along axis and at the index's own
// along the others. The integer form saturates indices beyond the axis.
type gatherElements struct{ axis int }

var _ graph.Indexer = gatherElements{}

func decodeGatherElements(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return gatherElements{a.int("axis", 0)}, nil
}

// plan gives the axis, and for each index its element of the data when the index is 0.
func (o gatherElements) plan(s, at tensor.Shape) (axis int, base []int, err error) {
	if axis, err = tensor.Axis(o.axis, len(s)); err != nil {
		return 0, nil, err
	}
	if len(at) != len(s) {
		return 0, nil, fmt.Errorf("want indices of rank %d, got %v", len(s), at)
	}
	for a := range s {
		if a != axis && at[a] > s[a] || s[a] == 0 {
			return 0, nil, fmt.Errorf("want indices of at most %v beside axis %d, got %v", s, axis, at)
		}
	}
	st := s.Strides()
	base = make([]int, at.Size())
	walk(at, func(i int, p []int) {
		for a, x := range p {
			if a != axis {
				base[i] += x * st[a]
			}
		}
	})
	return axis, base, nil
}

// Indexes implements graph.Indexer.
func (o gatherElements) Indexes(in []*graph.Value, i int) (int, bool) {
	return gatherRows(o).Indexes(in, i)
}

func (o gatherElements) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, _, err := o.plan(in[0].Type.Shape, in[1].Type.Shape)
	if err == nil && in[1].Const != nil {
		_, err = o.index(in[0].Type.Shape, in[1].Const)
	}
	return []graph.Type{{DType: in[0].Type.DType, Shape: in[1].Type.Shape}}, err
}

func (o gatherElements) index(s tensor.Shape, at *tensor.Float) ([]int, error) {
	axis, index, err := o.plan(s, at.Shape)
	if err != nil {
		return nil, err
	}
	step := s.Strides()[axis]
	for i, x := range at.Data {
		if err := within(x, s[axis]); err != nil {
			return nil, err
		}
		index[i] += place(x, s[axis]) * step
	}
	return index, nil
}

func (o gatherElements) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	index, err := o.index(in[0].Shape, in[1])
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](in[1].Shape)
	for i, j := range index {
		out.Data[i] = in[0].Data[j]
	}
	return []*tensor.Float{out}, nil
}

func (o gatherElements) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	s := in[0].Shape()
	if at := in[1].Const(); at != nil {
		index, err := o.index(s, at)
		if err != nil {
			return nil, err
		}
		return one(b.Gather(at.Shape, index, 0, in[0]))
	}
	axis, base, err := o.plan(s, in[1].Shape())
	if err != nil {
		return nil, err
	}
	shift := tensor.New[float64](in[1].Shape())
	for i, v := range base {
		shift.Data[i] = float64(v)
	}
	at, err := positions(b, in[1], s[axis], s.Strides()[axis], shift)
	if err != nil {
		return nil, err
	}
	data, err := flat(b, in[0])
	if err != nil {
		return nil, err
	}
	return one(b.Select(data, at))
}
