// Package graph is a model as its author meant it: real tensors, ONNX semantics, static shapes.
//
// A Graph is a list of nodes in topological order over values that are each defined once: by an input, a
// constant or one node. It can be checked (Verify), printed (Print) and executed in float (Run): that
// execution is the reference that quantization is measured against, and what calibration observes.
package graph

import (
	"assay/ir/program"
	"assay/ir/tensor"
)

// Type is the element type and static shape of a value.
type Type struct {
	DType tensor.DType
	Shape tensor.Shape
}

// String prints the type as float32[1x10].
func (t Type) String() string { return t.DType.String() + "[" + t.Shape.String() + "]" }

// Value is one tensor of the graph.
type Value struct {
	Name  string
	Type  Type
	Const *tensor.Float // set when the value is known at compile time
	Group string        // values of one group are quantized alike; "" for none
}

// Op is the behaviour of one operator with its attributes decoded. Its inputs keep ONNX's positions: an
// omitted optional input is nil. An Op that has an integer form is a Lowerer, a Composite, or both.
type Op interface {
	// Infer gives the types of the outputs. It may read Const of an input whose contents shape the result.
	Infer(in []*Value) ([]Type, error)
	// Eval computes the outputs in float.
	Eval(in []*tensor.Float) ([]*tensor.Float, error)
}

// Lowerer is an Op that builds its integer form itself.
type Lowerer interface {
	Op
	// Lower builds the quantized outputs. Constants arrive as values whose Const is set.
	Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error)
}

// Composite is an Op that stands for a graph of simpler ones, which replace it before calibration: every
// intermediate value is then observed, quantized and reported by itself.
type Composite interface {
	Op
	// Expand adds the operators to x and gives the values of the outputs. It returns ErrAtomic where the operator,
	// as it is used, is simple: it must then be a Lowerer.
	Expand(x *Expansion, in []*Value) ([]*Value, error)
}

// Elementwise is an Op that applies one real function to each element of its only non-constant input.
type Elementwise interface {
	Op
	// Func is the function applied.
	Func() func(float64) float64
	// Monotone reports whether the function never decreases, so that it commutes with a maximum.
	Monotone() bool
}

// Node applies an operator.
type Node struct {
	Name   string // as in the file, or made up from kind and position
	Kind   string // ONNX operator type
	Domain string // "" for ai.onnx
	Op     Op
	In     []*Value // nil where an optional input is omitted
	Out    []*Value
}

// Graph is a model with static shapes.
type Graph struct {
	Name    string
	Inputs  []*Value
	Outputs []*Value
	Nodes   []*Node
}

// Comparison is an Op that may pick among the elements of its input.
type Comparison interface {
	Op
	// Compares reports whether it does.
	Compares() bool
}

// Indexer is an Op that reads elements of one input at positions that another input gives.
type Indexer interface {
	Op
	// Indexes reports whether input i holds such positions, and the extent of the axis that they index.
	Indexes(in []*Value, i int) (extent int, ok bool)
}

// Gridded is an Op that rounds its first input to a grid.
type Gridded interface {
	Op
	// Grid is the grid; false where it differs between elements.
	Grid() (program.Grid, bool)
}

// Mover is an Op that may only copy elements of its inputs to other places.
type Mover interface {
	Op
	// Moves reports whether it does.
	Moves() bool
}
