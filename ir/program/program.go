// Package program is a model as it is proven: integer tensors with a declared range each, a small closed set of
// kernels, and an exact evaluator.
//
// The evaluator is the specification: a circuit accepts (input, output) if and only if Run maps that input to
// that output. Kernels round and saturate in one defined way, every tensor's range is derived by interval
// arithmetic from the inputs' declared ranges and the constants, and no intermediate sum leaves 63 bits, so each
// input within the declared range has exactly one output.
//
// A Program prints as text (Dump) and has a canonical hash. It knows nothing of ONNX and nothing of constraint
// systems.
package program

import (
	"fmt"
	"math"
	"slices"

	"assay/ir/tensor"
)

// Version is the format version of a serialized program.
const Version = 1

// Tensor declares one integer tensor. Real values are element * Scale.
type Tensor struct {
	Name  string       `json:"name"`
	Shape tensor.Shape `json:"shape"`
	Range Range        `json:"range"`
	Scale float64      `json:"scale"`
}

// Node defines tensor Out by a kernel over earlier tensors.
type Node struct {
	Out    int
	Kernel Kernel
}

// Program is a list of nodes in evaluation order. Tensors are named by their index; each is an input or the
// result of one node.
type Program struct {
	Name    string
	Tensors []Tensor
	Inputs  []int
	Outputs []int
	Nodes   []Node
}

// Bounds of a program that is verified, so that a short one cannot ask for much memory or time.
const (
	maxElements = 1 << 26 // of a tensor
	maxTotal    = 1 << 28 // of all tensors
	maxHeld     = 1 << 26 // of what kernels visit
)

// holder is a kernel or map that derives something from each position of its geometry. held is how much, with four for
// each piece that it keeps.
type holder interface{ held() int }

// Verify checks that every tensor is defined once and before use, that every kernel's operands fit it, and that
// each declared shape and range is the one that the kernel derives.
func (p *Program) Verify() error {
	defined := make([]bool, len(p.Tensors))
	elements, held := 0, 0
	define := func(id int) error {
		if id < 0 || id >= len(p.Tensors) {
			return fmt.Errorf("program %s: tensor %d: want an index below %d", p.Name, id, len(p.Tensors))
		}
		if defined[id] {
			return fmt.Errorf("program %s: tensor %d (%s) is defined twice", p.Name, id, p.Tensors[id].Name)
		}
		defined[id] = true
		t := p.Tensors[id]
		n, err := t.Shape.CheckedSize(maxElements)
		if err != nil || n == 0 {
			return fmt.Errorf("program %s: tensor %d (%s): want 1 to %d elements, got shape %v", p.Name, id, t.Name, maxElements, t.Shape)
		}
		if elements += n; elements > maxTotal {
			return fmt.Errorf("program %s: tensor %d (%s): want at most %d elements in all tensors up to it, got %d", p.Name, id, t.Name, maxTotal, elements)
		}
		if !t.Range.valid() {
			return fmt.Errorf("program %s: tensor %d (%s): bad range %v", p.Name, id, t.Name, t.Range)
		}
		if !(t.Scale > 0) || math.IsInf(t.Scale, 0) {
			return fmt.Errorf("program %s: tensor %d (%s): want a finite scale > 0, got %v", p.Name, id, t.Name, t.Scale)
		}
		return nil
	}
	for _, id := range p.Inputs {
		if err := define(id); err != nil {
			return err
		}
	}
	for i, n := range p.Nodes {
		in := make([]Tensor, len(n.Kernel.Args()))
		for k, a := range n.Kernel.Args() {
			if a < 0 || a >= len(p.Tensors) || !defined[a] {
				return fmt.Errorf("program %s: node %d (%s): operand %d is not defined before it", p.Name, i, n.Kernel.Kind(), a)
			}
			in[k] = p.Tensors[a]
		}
		s, r, err := n.Kernel.Infer(in)
		if err != nil {
			return fmt.Errorf("program %s: node %d (%s): %w", p.Name, i, n.Kernel.Kind(), err)
		}
		if h, ok := n.Kernel.(holder); ok {
			if held += h.held(); held > maxHeld {
				return fmt.Errorf("program %s: node %d (%s): want windows of at most %d runs of taps in all nodes up to it, got %d", p.Name, i, n.Kernel.Kind(), maxHeld, held)
			}
		}
		if err := define(n.Out); err != nil {
			return err
		}
		if t := p.Tensors[n.Out]; !t.Shape.Equal(s) || t.Range != r {
			return fmt.Errorf("program %s: node %d (%s): tensor %s declares %v %v, the kernel derives %v %v",
				p.Name, i, n.Kernel.Kind(), t.Name, t.Shape, t.Range, s, r)
		}
	}
	if id := slices.Index(defined, false); id >= 0 {
		return fmt.Errorf("program %s: tensor %d (%s) is not defined", p.Name, id, p.Tensors[id].Name)
	}
	if len(p.Outputs) == 0 {
		return fmt.Errorf("program %s: no outputs", p.Name)
	}
	for _, id := range p.Outputs {
		if id < 0 || id >= len(p.Tensors) || !defined[id] {
			return fmt.Errorf("program %s: output %d is not defined", p.Name, id)
		}
	}
	return nil
}
