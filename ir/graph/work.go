package graph

import "math"

// Worker is an Op that computes each element of its outputs from many: its work is not proportional to the sizes of
// its inputs and outputs.
type Worker interface {
	Op
	// Work is how many elementary operations Eval needs for inputs and outputs of the given types, an omitted
	// input being nil. It must be cheap, and may not overflow: Times multiplies.
	Work(in []*Value, out []Type) int64
}

// Work is an upper bound on the elementary operations that evaluating n needs, at least one. The types of its
// inputs and outputs are known.
func Work(n *Node) int64 {
	w := int64(1)
	for _, list := range [][]*Value{n.In, n.Out} {
		for _, v := range list {
			if v != nil {
				w = plus(w, int64(v.Type.Shape.Size()))
			}
		}
	}
	if o, ok := n.Op.(Worker); ok {
		types := make([]Type, len(n.Out))
		for i, v := range n.Out {
			types[i] = v.Type
		}
		w = plus(w, o.Work(n.In, types))
	}
	return w
}

func plus(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// Times is the product of nonnegative counts, or the largest int64 where that is less.
func Times(counts ...int) int64 {
	p := int64(1)
	for _, n := range counts {
		if n == 0 {
			return 0
		}
		if p > math.MaxInt64/int64(n) {
			p = math.MaxInt64
			continue
		}
		p *= int64(n)
	}
	return p
}
