package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("ReverseSequence", 10, decodeReverseSequence) }

// reverseSequence (ONNX 10) reverses the first elements along the time axis, as many as each sequence is long.
type reverseSequence struct {
	batch, time int
	lengths     []int
}

// The lengths must be constant.
func decodeReverseSequence(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	o := reverseSequence{a.int("batch_axis", 1), a.int("time_axis", 0), a.constInts(1)}
	if o.batch+o.time != 1 || o.batch*o.time != 0 {
		a.refuse("time_axis", "0 or 1, and batch_axis the other", fmt.Sprintf("%d and %d", o.time, o.batch))
	}
	return newMove(o), nil
}

func (o reverseSequence) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	s := in[0]
	if len(s) < 2 || len(o.lengths) != s[o.batch] {
		return nil, fmt.Errorf("want a length for each sequence of %v along axis %d, got %d", s, o.batch, len(o.lengths))
	}
	for i, n := range o.lengths {
		if n < 0 || n > s[o.time] {
			return nil, fmt.Errorf("sequence %d: want a length within [0, %d], got %d", i, s[o.time], n)
		}
	}
	return in[:1], nil
}

func (o reverseSequence) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	st := out.Strides()
	index := make([]int, out.Size())
	walk(out, func(i int, at []int) {
		index[i] = i
		if n, t := o.lengths[at[o.batch]], at[o.time]; t < n {
			index[i] += (n - 1 - 2*t) * st[o.time]
		}
	})
	return index
}
