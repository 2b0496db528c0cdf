package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Slice", 1, decodeSlice1)
	register("Slice", 10, decodeSlice)
}

// slice takes, along each of axes, the elements from start to before end by step. Bounds count from the end when
// negative and are held within the axis.
type slice struct{ starts, ends, axes, steps []int }

// Slice (ONNX 1): bounds are attributes.
func decodeSlice1(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return newSlice(a, slice{a.ints("starts"), a.ints("ends"), a.ints("axes"), nil})
}

// Slice (ONNX 10, 11, 13): bounds are constant inputs.
func decodeSlice(a *Attrs) (graph.Op, error) {
	a.inputs(3, 5)
	return newSlice(a, slice{a.constInts(1), a.constInts(2), a.constInts(3), a.constInts(4)})
}

func newSlice(a *Attrs, o slice) (graph.Op, error) {
	n := len(o.starts)
	if o.axes == nil {
		o.axes = make([]int, n)
		for i := range o.axes {
			o.axes[i] = i
		}
	}
	if o.steps == nil {
		o.steps = make([]int, n)
		for i := range o.steps {
			o.steps[i] = 1
		}
	}
	if len(o.ends) != n || len(o.axes) != n || len(o.steps) != n {
		a.fail(CodeShape, "starts, ends, axes and steps of one length",
			fmt.Sprintf("%d, %d, %d and %d", n, len(o.ends), len(o.axes), len(o.steps)))
	}
	return newMove(o), nil
}

// bounds gives start, step and count for each axis.
func (o slice) bounds(in tensor.Shape) (start, step, count []int, err error) {
	start, step, count = make([]int, len(in)), make([]int, len(in)), in.Clone()
	for i := range step {
		step[i] = 1
	}
	seen := make([]bool, len(in))
	for i := range o.starts {
		x, err := tensor.Axis(o.axes[i], len(in))
		if err != nil {
			return nil, nil, nil, err
		}
		if seen[x] || o.steps[i] == 0 {
			return nil, nil, nil, fmt.Errorf("slice %v: want distinct axes and steps other than 0, got axes %v, steps %v", in, o.axes, o.steps)
		}
		seen[x] = true
		d := in[x]
		from, to := o.starts[i], o.ends[i]
		if from < 0 {
			from += d
		}
		if to < 0 {
			to += d
		}
		if s := o.steps[i]; s > 0 {
			from, to = min(max(from, 0), d), min(max(to, 0), d)
			count[x] = max(0, to-from)
			if count[x] > 0 {
				count[x] = (count[x]-1)/s + 1
			}
		} else {
			from, to = min(max(from, 0), d-1), min(max(to, -1), d-1)
			count[x] = max(0, from-to)
			if count[x] > 0 {
				count[x] = (count[x]-1)/-max(s, -1<<62) + 1
			}
		}
		start[x], step[x] = from, o.steps[i]
	}
	return start, step, count, nil
}

func (o slice) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	_, _, count, err := o.bounds(in[0])
	return []tensor.Shape{count}, err
}

func (o slice) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	start, step, _, _ := o.bounds(in[0])
	st := in[0].Strides()
	index := make([]int, out.Size())
	walk(out, func(i int, at []int) {
		for a, p := range at {
			index[i] += (start[a] + p*step[a]) * st[a]
		}
	})
	return index
}
