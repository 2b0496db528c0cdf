package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// newPredicate is the operator that gives a truth value, 0 or 1, for each pair of elements.
func newPredicate(a *Attrs, f func(x, y float64) bool, lower func(b *program.Builder, x, y *program.Value) (*program.Value, error)) (graph.Op, error) {
	a.inputs(2, 2)
	return binary{out: tensor.Bool, lower: lower, f: func(x, y float64) float64 {
		if f(x, y) {
			return 1
		}
		return 0
	}}, nil
}

func atLeast(b *program.Builder, x, y *program.Value) (*program.Value, error) { return b.AtLeast(x, y) }
func atMost(b *program.Builder, x, y *program.Value) (*program.Value, error)  { return b.AtLeast(y, x) }

func below(b *program.Builder, x, y *program.Value) (*program.Value, error) {
	v, err := b.AtLeast(x, y)
	if err != nil {
		return nil, err
	}
	return b.Not(v)
}

func above(b *program.Builder, x, y *program.Value) (*program.Value, error) { return below(b, y, x) }

// equals is 1 where x >= y and y >= x: one of both holds always.
func equals(b *program.Builder, x, y *program.Value) (*program.Value, error) {
	up, err := b.AtLeast(x, y)
	if err != nil {
		return nil, err
	}
	down, err := b.AtLeast(y, x)
	if err != nil {
		return nil, err
	}
	return b.And(up, down)
}
