package ops

import (
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Unique", 11, decodeUnique) }

// unique (ONNX 11) gives the different elements of the flattened input, or the different slices along axis, in order of
// value or of appearance; where each is first; which one each input is; and how often each occurs. Its input must be
// constant, since it shapes the result.
type unique struct {
	axis    *int
	sorted  bool
	outputs int
}

func decodeUnique(a *Attrs) (graph.Op, error) {
	a.outputs = 4
	a.inputs(1, 1)
	o := unique{sorted: a.flag("sorted", true), outputs: min(max(a.Outputs, 1), 4)}
	if axis := a.int("axis", 0); a.has("axis") {
		o.axis = &axis
	}
	a.constant(0)
	return o, nil
}

func (o unique) Infer(in []*graph.Value) ([]graph.Type, error) {
	outs, err := o.Eval([]*tensor.Float{in[0].Const})
	if err != nil {
		return nil, err
	}
	types := []graph.Type{{DType: in[0].Type.DType, Shape: outs[0].Shape}}
	for _, t := range outs[1:] {
		types = append(types, graph.Type{DType: tensor.Int64, Shape: t.Shape})
	}
	return types, nil
}

func (o unique) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x, axis := in[0], 0
	if o.axis == nil {
		x = &tensor.Float{Shape: tensor.Shape{len(x.Data)}, Data: x.Data}
	} else {
		var err error
		if axis, err = tensor.Axis(*o.axis, len(x.Shape)); err != nil {
			return nil, err
		}
	}
	step := x.Shape[axis+1:].Size()
	slice := func(i int) []float64 {
		var s []float64
		for r := range x.Shape[:axis].Size() {
			from := (r*x.Shape[axis] + i) * step
			s = append(s, x.Data[from:from+step]...)
		}
		return s
	}
	var first []int // of each different slice
	of := make([]int, x.Shape[axis])
	counts := map[int]float64{}
	for i := range of {
		of[i] = i
		for _, j := range first {
			if slices.Equal(slice(i), slice(j)) {
				of[i] = j
			}
		}
		if of[i] == i {
			first = append(first, i)
		}
		counts[of[i]]++
	}
	if o.sorted {
		slices.SortStableFunc(first, func(i, j int) int { return slices.Compare(slice(i), slice(j)) })
	}
	y := tensor.New[float64](splice(x.Shape, axis, tensor.Shape{len(first)}))
	list := func(n int) *tensor.Float { return tensor.New[float64](tensor.Shape{n}) }
	at, inverse, count := list(len(first)), list(len(of)), list(len(first))
	for k, i := range first {
		at.Data[k], count.Data[k] = float64(i), counts[i]
		for r, s := 0, slice(i); r < len(s)/max(step, 1); r++ {
			copy(y.Data[(r*len(first)+k)*step:], s[r*step:(r+1)*step])
		}
	}
	for i, j := range of {
		inverse.Data[i] = float64(slices.Index(first, j))
	}
	return []*tensor.Float{y, at, inverse, count}[:o.outputs], nil
}
