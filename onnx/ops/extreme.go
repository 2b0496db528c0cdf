package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// extreme folds any number of tensors with f, a maximum or minimum.
type extreme struct{ binary }

// newExtreme is the operator of f, as a function of one variable where the other of two inputs is a scalar constant.
func newExtreme(a *Attrs, f func(x, y float64) float64, lower func(b *program.Builder, x, y *program.Value) (*program.Value, error)) (graph.Op, error) {
	a.inputs(1, max(1, len(a.In)))
	a.inputs(len(a.In), len(a.In))
	if len(a.In) == 2 {
		if at, c, ok := withScalar(a); ok {
			return unary{f: func(x float64) float64 { return f(x, c) }, monotone: true, at: at}, nil
		}
	}
	return extreme{binary{f: f, lower: lower}}, nil
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

func (o extreme) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	v := in[0]
	s := v.Shape()
	for _, x := range in[1:] {
		var err error
		if s, err = tensor.Broadcast(s, x.Shape()); err != nil {
			return nil, err
		}
		if v.Const() != nil && x.Const() != nil {
			r, err := o.binary.Eval([]*tensor.Float{v.Const(), x.Const()})
			if err != nil {
				return nil, err
			}
			v = b.Const(r[0])
			continue
		}
		pair := make([]*program.Value, 2)
		for i, x := range []*program.Value{v, x} {
			if c := x.Const(); c != nil {
				pair[i] = b.Const(c.BroadcastTo(s))
			} else if pair[i], err = expand(b, x, s); err != nil {
				return nil, err
			}
		}
		if v, err = o.lower(b, pair[0], pair[1]); err != nil {
			return nil, err
		}
	}
	return []*program.Value{v}, nil
}
