package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("ArgMax", 1, decodeArgMax)
	register("ArgMax", 12, decodeArgMaxLast)
}

// argMax is the index of the largest element along axis, among equals the first or with last the last.
type argMax struct {
	axis       int
	keep, last bool
}

// ArgMax (ONNX 1, 11).
func decodeArgMax(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return argMax{axis: a.int("axis", 0), keep: a.flag("keepdims", true)}, nil
}

// ArgMax (ONNX 12, 13) adds select_last_index.
func decodeArgMaxLast(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return argMax{a.int("axis", 0), a.flag("keepdims", true), a.flag("select_last_index", false)}, nil
}

func (o argMax) shape(in tensor.Shape) (axis int, out tensor.Shape, err error) {
	if axis, err = tensor.Axis(o.axis, len(in)); err != nil {
		return 0, nil, err
	}
	out = in[:axis].Clone()
	if o.keep {
		out = append(out, 1)
	}
	return axis, append(out, in[axis+1:]...), nil
}

func (o argMax) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, out, err := o.shape(in[0].Type.Shape)
	return []graph.Type{{DType: tensor.Int64, Shape: out}}, err
}

func (o argMax) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	axis, shape, err := o.shape(x.Shape)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](shape)
	n, step := x.Shape[axis], x.Shape[axis+1:].Size()
	for i := range out.Data {
		base := i/step*n*step + i%step
		best := 0
		for j := 1; j < n; j++ {
			if v, top := x.Data[base+j*step], x.Data[base+best*step]; v > top || o.last && v == top {
				best = j
			}
		}
		out.Data[i] = float64(best)
	}
	return []*tensor.Float{out}, nil
}

func (o argMax) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	axis, shape, err := o.shape(in[0].Shape())
	if err != nil {
		return nil, err
	}
	v, err := b.ArgMax(in[0], axis, o.last)
	if err != nil || v.Shape().Equal(shape) {
		return one(v, err)
	}
	return one(b.Reshape(v, shape))
}
