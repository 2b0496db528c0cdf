package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// relabel gives its first input another shape of the same size, and passes its elements on.
type relabel struct {
	shape func(in tensor.Shape) (tensor.Shape, error)
}

func same(s tensor.Shape) (tensor.Shape, error) { return s, nil }

func (o relabel) Infer(in []*graph.Value) ([]graph.Type, error) {
	s, err := o.shape(in[0].Type.Shape)
	if err != nil {
		return nil, err
	}
	return []graph.Type{{DType: in[0].Type.DType, Shape: s}}, nil
}

// Moves implements graph.Mover.
func (o relabel) Moves() bool { return true }

func (o relabel) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s, err := o.shape(in[0].Shape)
	if err != nil {
		return nil, err
	}
	t, err := in[0].Reshape(s)
	if err != nil {
		return nil, err
	}
	return []*tensor.Float{t}, nil
}

func (o relabel) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	s, err := o.shape(in[0].Shape())
	if err != nil {
		return nil, err
	}
	if s.Equal(in[0].Shape()) {
		return in[:1], nil
	}
	return one(b.Reshape(in[0], s))
}
