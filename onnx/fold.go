package onnx

import (
	"fmt"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

// constant reports whether the outputs of n are known at compile time.
func constant(n *graph.Node) bool {
	if ops.Folds(n.Op) || empty(n) {
		return true
	}
	for _, v := range n.In {
		if v != nil && v.Const == nil {
			return false
		}
	}
	return true
}

// empty reports whether n gives no elements.
func empty(n *graph.Node) bool {
	return !slices.ContainsFunc(n.Out, func(v *graph.Value) bool { return v.Type.Shape.Size() > 0 })
}

// fold computes the outputs of n.
func (b *builder) fold(n *graph.Node) error {
	if err := b.budget.fold(n); err != nil {
		return n.Wrap("", err)
	}
	if empty(n) {
		for _, v := range n.Out {
			v.Const = tensor.New[float64](v.Type.Shape)
		}
		return nil
	}
	in := make([]*tensor.Float, len(n.In))
	for i, v := range n.In {
		if v != nil {
			in[i] = v.Const
		}
	}
	out, err := n.Op.Eval(in)
	if err != nil {
		return n.Wrap(CodeEval, err)
	}
	if len(out) != len(n.Out) {
		return n.Wrap("", &Error{Code: CodeEval, Want: fmt.Sprintf("%d outputs", len(n.Out)), Got: fmt.Sprint(len(out))})
	}
	for i, v := range n.Out {
		v.Const = out[i]
		if !out[i].Shape.Equal(v.Type.Shape) {
			return n.Wrap("", &Error{Code: CodeEval, Want: v.Type.String(), Got: out[i].Shape.String()})
		}
	}
	return nil
}
