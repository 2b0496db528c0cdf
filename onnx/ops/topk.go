package ops

import (
	"fmt"
	"slices"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("TopK", 1, func(a *Attrs) (graph.Op, error) {
		a.inputs(1, 1)
		return newTopK(a, a.int("k", 0), true)
	})
	register("TopK", 10, func(a *Attrs) (graph.Op, error) {
		a.inputs(2, 2)
		return newTopK(a, int(a.constScalar(1, 0)), true)
	})
	register("TopK", 11, func(a *Attrs) (graph.Op, error) {
		a.inputs(2, 2)
		largest := a.flag("largest", true)
		a.flag("sorted", true)
		return newTopK(a, int(a.constScalar(1, 0)), largest)
	})
}

// topK is TopK (ONNX 1: k is an attribute; 10: a constant input; 11, 24: the smallest too): the k largest elements
// along axis, and their positions. Of equals the earlier comes first. They are in order, which sorted = 0 leaves open.
type topK struct {
	axis, k int
	largest bool
	outputs int // that the model uses
}

func newTopK(a *Attrs, k int, largest bool) (graph.Op, error) {
	a.outputs = 2
	if k < 1 {
		a.fail(CodeShape, "k of at least 1", fmt.Sprint(k))
	}
	return topK{a.int("axis", -1), k, largest, min(max(a.Outputs, 1), 2)}, nil
}

func (o topK) shape(s tensor.Shape) (axis int, out tensor.Shape, err error) {
	if axis, err = tensor.Axis(o.axis, len(s)); err != nil {
		return 0, nil, err
	}
	if o.k > s[axis] {
		return 0, nil, fmt.Errorf("want k of at most %d, got %d", s[axis], o.k)
	}
	return axis, splice(s, axis, tensor.Shape{o.k}), nil
}

func (o topK) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, s, err := o.shape(in[0].Type.Shape)
	return []graph.Type{{DType: in[0].Type.DType, Shape: s}, {DType: tensor.Int64, Shape: s}}[:o.outputs], err
}

func (o topK) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	axis, s, err := o.shape(x.Shape)
	if err != nil {
		return nil, err
	}
	values, indices := tensor.New[float64](s), tensor.New[float64](s)
	n, step := x.Shape[axis], x.Shape[axis+1:].Size()
	line := make([]int, n)
	for l := range x.Shape.Size() / n {
		at := func(j int) float64 { return x.Data[l/step*n*step+j*step+l%step] }
		for j := range line {
			line[j] = j
		}
		slices.SortStableFunc(line, func(i, j int) int {
			switch p, q := at(i), at(j); {
			case p == q:
				return 0
			case p > q == o.largest:
				return -1
			}
			return 1
		})
		for j, from := range line[:o.k] {
			to := l/step*o.k*step + j*step + l%step
			values.Data[to], indices.Data[to] = at(from), float64(from)
		}
	}
	return []*tensor.Float{values, indices}[:o.outputs], nil
}

func (o topK) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	axis, s, err := o.shape(in[0].Shape())
	if err != nil {
		return nil, err
	}
	values, indices, err := b.Sort(in[0], axis, o.largest)
	if err != nil {
		return nil, err
	}
	n, step := in[0].Shape()[axis], s[axis+1:].Size()
	index := make([]int, s.Size())
	for i := range index {
		index[i] = i/(o.k*step)*n*step + i%(o.k*step)
	}
	outs := []*program.Value{values, indices}[:o.outputs]
	for i := range outs {
		if outs[i], err = b.Gather(s, index, 0, outs[i]); err != nil {
			return nil, err
		}
	}
	return outs, nil
}
