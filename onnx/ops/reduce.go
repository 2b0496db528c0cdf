package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// reduce adds the elements along axes, all of them where axes is empty, times weight of their number. noop makes
// empty axes the identity instead. Kept axes have extent 1.
type reduce struct {
	axes       []int
	keep, noop bool
	weight     func(n int) float64
}

// attrReduce reads a reduction whose axes are an attribute.
func attrReduce(a *Attrs, weight func(n int) float64) (graph.Op, error) {
	a.inputs(1, 1)
	return reduce{a.ints("axes"), a.flag("keepdims", true), false, weight}, nil
}

// inputReduce reads a reduction whose axes are an optional constant input.
func inputReduce(a *Attrs, weight func(n int) float64) (graph.Op, error) {
	a.inputs(1, 2)
	return reduce{a.constInts(1), a.flag("keepdims", true), a.flag("noop_with_empty_axes", false), weight}, nil
}

// plan gives the permutation that moves the reduced axes last, how many elements each result adds, and its shape.
func (o reduce) plan(in tensor.Shape) (perm []int, n int, out tensor.Shape, err error) {
	drop := make([]bool, len(in))
	for i := range drop {
		drop[i] = len(o.axes) == 0 && !o.noop
	}
	for _, x := range o.axes {
		a, err := tensor.Axis(x, len(in))
		if err != nil {
			return nil, 0, nil, err
		}
		drop[a] = true
	}
	var last []int
	n = 1
	for a, d := range in {
		if !drop[a] {
			perm, out = append(perm, a), append(out, d)
			continue
		}
		last = append(last, a)
		n *= d
		if o.keep {
			out = append(out, 1)
		}
	}
	return append(perm, last...), n, out, nil
}

func (o reduce) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, _, out, err := o.plan(in[0].Type.Shape)
	return []graph.Type{{DType: in[0].Type.DType, Shape: out}}, err
}

func (o reduce) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	perm, n, shape, err := o.plan(in[0].Shape)
	if err != nil {
		return nil, err
	}
	x := transpose(in[0], perm)
	out := tensor.New[float64](shape)
	for i := range out.Data {
		for _, v := range x.Data[i*n : (i+1)*n] {
			out.Data[i] += v
		}
		out.Data[i] *= o.weight(n)
	}
	return []*tensor.Float{out}, nil
}

func (o reduce) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	perm, n, shape, err := o.plan(in[0].Shape())
	if err != nil {
		return nil, err
	}
	rows, err := b.Gather(tensor.Shape{shape.Size(), n}, transposeIndex(in[0].Shape(), perm), 0, in[0])
	if err != nil {
		return nil, err
	}
	w := tensor.New[float64](tensor.Shape{n, 1})
	for i := range w.Data {
		w.Data[i] = o.weight(n)
	}
	v, err := b.Dense(rows, w, nil)
	if err != nil {
		return nil, err
	}
	return one(b.Reshape(v, shape))
}
