package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// extreme folds any number of tensors with f, a maximum or minimum.
type extreme struct{ binary }

// newExtreme is the operator of f, as a function of one variable where the other of two inputs is a scalar constant.
func newExtreme(a *Attrs, f func(x, y float64) float64) (graph.Op, error) {
	a.inputs(1, max(1, len(a.In)))
	a.inputs(len(a.In), len(a.In))
	if len(a.In) == 2 {
		if at, c, ok := withScalar(a); ok {
			return unary{f: func(x float64) float64 { return f(x, c) }, monotone: true, at: at}, nil
		}
		return binary{f: f}, nil
	}
	return extreme{binary{f: f}}, nil
}

func (o extreme) Infer(in []*graph.Value) ([]graph.Type, error) {
	t := in[0].Type
	for _, v := range in[1:] {
		types, err := o.binary.Infer([]*graph.Value{{Type: t}, v})
		if err != nil {
			return nil, err
		}
		t = types[0]
	}
	return []graph.Type{t}, nil
}

func (o extreme) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	t := in[0]
	for _, v := range in[1:] {
		r, err := o.binary.Eval([]*tensor.Float{t, v})
		if err != nil {
			return nil, err
		}
		t = r[0]
	}
	return []*tensor.Float{t}, nil
}

func (o extreme) Lower(_ *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if len(in) == 1 {
		return in, nil
	}
	return nil, notLowered("one variable and one constant", "more inputs")
}
