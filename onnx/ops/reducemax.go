package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("ReduceMax", 1, func(a *Attrs) (graph.Op, error) {
		o, err := attrReduce(a, sumWeight)
		return reduceMax{o.(reduce), 1}, err
	})
	register("ReduceMax", 18, func(a *Attrs) (graph.Op, error) {
		o, err := inputReduce(a, sumWeight)
		return reduceMax{o.(reduce), 1}, err
	})
}

// reduceMax is ReduceMax (ONNX 1, 11, 12, 13: axes is an attribute; 18, 20: a constant input) or, with sign -1,
// ReduceMin, which has no integer form.
type reduceMax struct {
	reduce
	sign float64
}

func (o reduceMax) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	perm, n, shape, err := o.plan(in[0].Shape)
	if err != nil {
		return nil, err
	}
	x := transpose(in[0], perm)
	out := tensor.New[float64](shape)
	for i := range out.Data {
		m := math.Inf(-1)
		for _, v := range x.Data[i*n : (i+1)*n] {
			m = max(m, o.sign*v)
		}
		out.Data[i] = o.sign * m
	}
	return []*tensor.Float{out}, nil
}

func (o reduceMax) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if o.sign < 0 {
		return nil, notLowered("a maximum", "a minimum")
	}
	perm, n, shape, err := o.plan(in[0].Shape())
	if err != nil {
		return nil, err
	}
	rows, err := b.Gather(tensor.Shape{1, shape.Size(), n}, transposeIndex(in[0].Shape(), perm), 0, in[0])
	if err != nil {
		return nil, err
	}
	v, err := b.MaxWindow(rows, tensor.Window{Kernel: []int{n}, Strides: []int{1}, Dilations: []int{1}, Begin: []int{0}, End: []int{0}})
	if err != nil {
		return nil, err
	}
	return one(b.Reshape(v, shape))
}
