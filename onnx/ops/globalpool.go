package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// global is a pool whose window is the whole of the spatial axes.
type global struct {
	pool func(geometry) graph.Op
}

func (o global) over(x tensor.Shape) (graph.Op, error) {
	_, _, sp, err := spatial(x)
	if err != nil {
		return nil, err
	}
	return o.pool(geometry{kernel: sp, autoPad: "NOTSET"}), nil
}

func (o global) Infer(in []*graph.Value) ([]graph.Type, error) {
	op, err := o.over(in[0].Type.Shape)
	if err != nil {
		return nil, err
	}
	return op.Infer(in)
}

func (o global) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	op, err := o.over(in[0].Shape)
	if err != nil {
		return nil, err
	}
	return op.Eval(in)
}

func (o global) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	op, err := o.over(in[0].Shape())
	if err != nil {
		return nil, err
	}
	l, ok := op.(graph.Lowerer)
	if !ok {
		return nil, notLowered("a pooling with an integer form", "one without")
	}
	return l.Lower(b, in)
}
