package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// known is an operator whose result depends on attributes, constants and static shapes alone. make computes it;
// it is folded when the model is read.
type known struct {
	t    graph.Type
	make func() *tensor.Float
}

func (o known) Infer([]*graph.Value) ([]graph.Type, error) { return []graph.Type{o.t}, nil }

func (o known) Eval([]*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{o.make()}, nil
}

func (o known) Lower(b *program.Builder, _ []*program.Value) ([]*program.Value, error) {
	return []*program.Value{b.Const(o.make())}, nil
}

// Folds reports whether the result is known although an input is not: it depends on the input's shape only.
func Folds(op graph.Op) bool {
	_, ok := op.(known)
	return ok
}

// list is a known one-dimensional tensor.
func list(d tensor.DType, data []float64) graph.Op {
	t := &tensor.Float{Shape: tensor.Shape{len(data)}, Data: data}
	return known{graph.Type{DType: d, Shape: t.Shape}, func() *tensor.Float { return t }}
}

// scalar is a known tensor of rank 0.
func scalar(d tensor.DType, v float64) graph.Op {
	return known{graph.Type{DType: d}, func() *tensor.Float { return tensor.Scalar(v) }}
}
