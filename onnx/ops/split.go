package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Split", 1, decodeSplit1)
	register("Split", 2, decodeSplit2)
	register("Split", 13, decodeSplit13)
	register("Split", 18, decodeSplit)
}

// split cuts its input along axis into parts of the given extents. Without extents it makes n equal parts;
// uneven allows the last to be smaller.
type split struct {
	axis   int
	parts  []int
	n      int
	uneven bool
}

// Split (ONNX 1): extents are an attribute or a constant input.
func decodeSplit1(a *Attrs) (graph.Op, error) {
	a.inputs(1, 2)
	o := split{axis: a.int("axis", 0), parts: a.ints("split"), n: a.Outputs}
	if o.parts == nil {
		o.parts = a.constInts(1)
	}
	return newSplit(a, o)
}

// Split (ONNX 2, 11): extents are an attribute.
func decodeSplit2(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return newSplit(a, split{axis: a.int("axis", 0), parts: a.ints("split"), n: a.Outputs})
}

// Split (ONNX 13): extents are an optional constant input.
func decodeSplit13(a *Attrs) (graph.Op, error) {
	a.inputs(1, 2)
	return newSplit(a, split{axis: a.int("axis", 0), parts: a.constInts(1), n: a.Outputs})
}

// Split (ONNX 18): num_outputs stands for extents that are as equal as possible.
func decodeSplit(a *Attrs) (graph.Op, error) {
	a.inputs(1, 2)
	o := split{axis: a.int("axis", 0), parts: a.constInts(1), n: a.int("num_outputs", a.Outputs), uneven: true}
	if o.parts != nil && a.has("num_outputs") {
		a.refuse("num_outputs", "absent where extents are given", o.n)
	}
	return newSplit(a, o)
}

func newSplit(a *Attrs, o split) (graph.Op, error) {
	a.outputs = a.Outputs
	if o.parts != nil {
		o.n = len(o.parts)
	}
	if o.n != a.Outputs || o.n < 1 {
		a.fail(CodeArity, fmt.Sprintf("%d outputs", o.n), fmt.Sprint(a.Outputs))
	}
	return newMove(o), nil
}

func (o split) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	axis, err := tensor.Axis(o.axis, len(in[0]))
	if err != nil {
		return nil, err
	}
	total := in[0][axis]
	parts := o.parts
	if parts == nil {
		if total%o.n != 0 && !o.uneven {
			return nil, fmt.Errorf("split: want extent %d to divide into %d", total, o.n)
		}
		each, left := (total+o.n-1)/o.n, total
		for range o.n {
			parts = append(parts, min(each, left))
			left -= min(each, left)
		}
	}
	outs := make([]tensor.Shape, len(parts))
	sum := 0
	for i, p := range parts {
		if p < 0 || p > total {
			return nil, fmt.Errorf("split: want extents within [0, %d], got %v", total, parts)
		}
		outs[i] = in[0].Clone()
		outs[i][axis] = p
		sum += p
	}
	if sum != total {
		return nil, fmt.Errorf("split: want extents that add up to %d, got %v", total, parts)
	}
	return outs, nil
}

func (o split) index(in []tensor.Shape, part int, out tensor.Shape) []int {
	outs, _ := o.shapes(in)
	axis, _ := tensor.Axis(o.axis, len(out))
	start := 0
	for _, s := range outs[:part] {
		start += s[axis:].Size()
	}
	run, step := out[axis:].Size(), in[0][axis:].Size()
	index := make([]int, 0, out.Size())
	for r := range out[:axis].Size() {
		for i := range run {
			index = append(index, r*step+start+i)
		}
	}
	return index
}
