package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("ReduceMax", 1, func(a *Attrs) (graph.Op, error) { return newReduceExtreme(a, attrReduce, 1) })
	register("ReduceMax", 18, func(a *Attrs) (graph.Op, error) { return newReduceExtreme(a, inputReduce, 1) })
}

// reduceExtreme is ReduceMax (ONNX 1, 11, 12, 13: axes is an attribute; 18, 20: a constant input) or, with sign -1,
// ReduceMin. Truth values count as 0 and 1. Of no elements it is the least, or greatest, number of the type.
type reduceExtreme struct {
	reduce
	sign float64
	none float64 // result for no elements, times sign
}

func newReduceExtreme(a *Attrs, read func(*Attrs, func(int) float64) (graph.Op, error), sign float64) (graph.Op, error) {
	o, err := read(a, sumWeight)
	if err != nil || len(a.In) == 0 || a.In[0] == nil {
		return o, err
	}
	return reduceExtreme{o.(reduce), sign, sign * ofNone(a.In[0].Type.DType, sign)}, nil
}

// ofNone is the least number of a type or, for a sign of -1, the greatest.
func ofNone(d tensor.DType, sign float64) float64 {
	width := widths[d]
	_, err := unsigned(d)
	switch {
	case d == tensor.Bool:
		return (1 - sign) / 2
	case width == 0:
		return math.Inf(int(-sign))
	case err == nil:
		return (1 - sign) / 2 * (math.Ldexp(1, width) - 1)
	case sign > 0:
		return -math.Ldexp(1, width-1)
	}
	return math.Ldexp(1, width-1) - 1
}

func (o reduceExtreme) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	perm, n, shape, err := o.plan(in[0].Shape)
	if err != nil {
		return nil, err
	}
	x := transpose(in[0], perm)
	out := tensor.New[float64](shape)
	for i := range out.Data {
		m := o.none
		for _, v := range x.Data[i*n : (i+1)*n] {
			m = max(m, o.sign*v)
		}
		out.Data[i] = o.sign * m
	}
	return []*tensor.Float{out}, nil
}

func (o reduceExtreme) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	perm, n, shape, err := o.plan(in[0].Shape())
	if err != nil {
		return nil, err
	}
	rows, err := b.Gather(tensor.Shape{1, shape.Size(), n}, transposeIndex(in[0].Shape(), perm), 0, in[0])
	if err != nil {
		return nil, err
	}
	window := b.MaxWindow
	if o.sign < 0 {
		window = b.MinWindow
	}
	v, err := window(rows, tensor.Window{Kernel: []int{n}, Strides: []int{1}, Dilations: []int{1}, Begin: []int{0}, End: []int{0}})
	if err != nil {
		return nil, err
	}
	return one(b.Reshape(v, shape))
}
