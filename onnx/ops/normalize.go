package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// normalize is Softmax, or its logarithm, along axis; flat makes it normalize all axes from axis on together. It
// has no integer form: the reader of a proof applies it to the proven values.
type normalize struct {
	axis      int
	flat, log bool
}

var _ graph.Final = normalize{}

func (o normalize) FinalAxes(rank int) (from, to int, err error) {
	if o.flat && o.axis == rank {
		return rank, rank, nil
	}
	if from, err = tensor.Axis(o.axis, rank); err != nil {
		return 0, 0, err
	}
	if o.flat {
		return from, rank, nil
	}
	return from, from + 1, nil
}

func (o normalize) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, _, err := o.FinalAxes(len(in[0].Type.Shape))
	return []graph.Type{in[0].Type}, err
}

func (o normalize) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	from, to, err := o.FinalAxes(len(x.Shape))
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](x.Shape)
	n, step := x.Shape[from:to].Size(), x.Shape[to:].Size()
	for r := range x.Shape[:from].Size() {
		for c := range step {
			base, top, sum := r*n*step+c, math.Inf(-1), 0.0
			for i := range n {
				top = max(top, x.Data[base+i*step])
			}
			for i := range n {
				sum += math.Exp(x.Data[base+i*step] - top)
			}
			for i := range n {
				v := x.Data[base+i*step] - top - math.Log(sum)
				if !o.log {
					v = math.Exp(v)
				}
				out.Data[base+i*step] = v
			}
		}
	}
	return []*tensor.Float{out}, nil
}

func (o normalize) Lower(*program.Builder, []*program.Value) ([]*program.Value, error) {
	return nil, &graph.Error{Code: graph.CodeNotLast, Want: "the last operator, whose input is an output of the proof", Got: "a use of its result inside the model"}
}
