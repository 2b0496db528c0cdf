package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("CumSum", 11, decodeCumSum) }

// cumSum (ONNX 11, 14) adds, for each position along axis, the elements up to it: without it when exclusive, from the
// end when reversed.
type cumSum struct {
	axis               int
	exclusive, reverse bool
}

// The axis must be constant.
func decodeCumSum(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return cumSum{saturate(a.constScalar(1, 0)), a.flag("exclusive", false), a.flag("reverse", false)}, nil
}

func (o cumSum) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, err := tensor.Axis(o.axis, len(in[0].Type.Shape))
	return []graph.Type{in[0].Type}, err
}

// adds reports whether the sum at position to takes in the element at position from.
func (o cumSum) adds(from, to int) bool {
	if o.reverse {
		from, to = -from, -to
	}
	return from < to || from == to && !o.exclusive
}

// lines is the permutation that moves the axis last.
func (o cumSum) lines(rank int) (axis int, perm []int, err error) {
	if axis, err = tensor.Axis(o.axis, rank); err != nil {
		return 0, nil, err
	}
	for a := range rank {
		if a != axis {
			perm = append(perm, a)
		}
	}
	return axis, append(perm, axis), nil
}

func (o cumSum) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	axis, err := tensor.Axis(o.axis, len(in[0].Shape))
	if err != nil {
		return nil, err
	}
	x := in[0]
	n, step := x.Shape[axis], x.Shape[axis+1:].Size()
	out := tensor.New[float64](x.Shape)
	for i := range out.Data {
		to := i / step % n
		for from := range n {
			if o.adds(from, to) {
				out.Data[i] += x.Data[i+(from-to)*step]
			}
		}
	}
	return []*tensor.Float{out}, nil
}

func (o cumSum) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	axis, perm, err := o.lines(len(in[0].Shape()))
	if err != nil {
		return nil, err
	}
	n := in[0].Shape()[axis]
	lines, err := permuted(b, in[0], perm)
	if err != nil {
		return nil, err
	}
	w := tensor.New[float64](tensor.Shape{n, n})
	for i := range w.Data {
		if o.adds(i/n, i%n) {
			w.Data[i] = 1
		}
	}
	sums, err := b.Dense(lines, w, nil)
	if err != nil {
		return nil, err
	}
	back := make([]int, len(perm))
	for i, a := range perm {
		back[a] = i
	}
	return one(permuted(b, sums, back))
}
