package onnx

import (
	"fmt"
	"math"

	"assay/ir/graph"
)

// budget is what is left of the limits on a model's import, and on one execution of the graph that it becomes.
// Each use of it is charged before the work is done.
type budget struct {
	nodes    int   // operators, those of every iteration and call counted
	names    int   // bytes of names
	elements int   // of constants that are computed
	work     int64 // elementary operations of one execution of the graph, constants and variables together
}

// spend charges operators, or what costs an import as much.
func (b *budget) spend(n int) error {
	if n > b.nodes {
		return &Error{Code: CodeTooLarge, Want: "fewer operators once loops, branches and functions are unrolled", Got: "more than the limit"}
	}
	b.nodes -= n
	return nil
}

// name charges the bytes of a name.
func (b *budget) name(n int) error {
	if b.names -= n; b.names < 0 {
		return &Error{Code: CodeTooLarge, Want: "shorter names once loops, branches and functions are unrolled", Got: "more bytes than the limit"}
	}
	return nil
}

// maxNames bounds the bytes of all names that unrolling makes.
const maxNames = 1 << 25

// fold charges the computation of constants.
func (b *budget) fold(n *graph.Node) error {
	for _, v := range n.Out {
		if b.elements -= v.Type.Shape.Size(); b.elements < 0 {
			return &Error{Code: CodeTooLarge, Want: "fewer elements of computed constants", Got: "more than the limit"}
		}
	}
	// A constant costs an import what a variable costs each of many executions.
	return b.charge(n, foldFactor)
}

// foldFactor weighs the work of folding against that of execution.
const foldFactor = 16

// run charges an operator's share of an execution of the graph.
func (b *budget) run(n *graph.Node) error { return b.charge(n, 1) }

func (b *budget) charge(n *graph.Node, factor int64) error {
	w := graph.Work(n)
	if w > math.MaxInt64/factor || w*factor > b.work {
		return &Error{Code: CodeTooLarge, Want: fmt.Sprintf("at most %d elementary operations more", b.work/factor), Got: fmt.Sprint(w)}
	}
	b.work -= w * factor
	return nil
}
