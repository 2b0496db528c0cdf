package ops

import (
	"slices"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// hide gives scores and, where truth values are 0, a number so far below all of them that its exponential is nothing.
type hide struct{}

// hiddenBelow is how far.
const hiddenBelow = 32

func (hide) Infer(in []*graph.Value) ([]graph.Type, error) { return []graph.Type{in[0].Type}, nil }

func (hide) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out := tensor.New[float64](in[0].Shape)
	if len(out.Data) == 0 {
		return []*tensor.Float{out}, nil
	}
	low := slices.Min(in[0].Data) - hiddenBelow
	for i, a := range in[1].BroadcastTo(in[0].Shape).Data {
		if out.Data[i] = in[0].Data[i]; a == 0 {
			out.Data[i] = low
		}
	}
	return []*tensor.Float{out}, nil
}

func (hide) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	truth, err := expand(b, in[1], in[0].Shape())
	if err != nil {
		return nil, err
	}
	if t := truth.Const(); t != nil {
		truth = b.Const(t.BroadcastTo(in[0].Shape()))
	}
	return one(b.Hide(in[0], truth, scoreStep/2, hiddenBelow))
}
