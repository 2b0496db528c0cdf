package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Trace holds every tensor of one evaluation, by tensor index.
type Trace []*tensor.Int

// Run evaluates the program on inputs, in the order of Inputs. An input element outside its declared range is
// an error: clamping is the caller's choice.
func (p *Program) Run(inputs []*tensor.Int) (Trace, error) {
	if len(inputs) != len(p.Inputs) {
		return nil, fmt.Errorf("run program %s: want %d inputs, got %d", p.Name, len(p.Inputs), len(inputs))
	}
	t := make(Trace, len(p.Tensors))
	for i, id := range p.Inputs {
		d := p.Tensors[id]
		if !inputs[i].Shape.Equal(d.Shape) {
			return nil, fmt.Errorf("run program %s: input %s: want shape %v, got %v", p.Name, d.Name, d.Shape, inputs[i].Shape)
		}
		for j, v := range inputs[i].Data {
			if !d.Range.Contains(v) {
				return nil, fmt.Errorf("run program %s: input %s: element %d: want within %v, got %d", p.Name, d.Name, j, d.Range, v)
			}
		}
		t[id] = inputs[i]
	}
	for i, n := range p.Nodes {
		args := n.Kernel.Args()
		in := make([]*tensor.Int, len(args))
		for k, a := range args {
			in[k] = t[a]
		}
		y, err := n.Kernel.Eval(in)
		if err != nil {
			return nil, fmt.Errorf("run program %s: node %d (%s): %w", p.Name, i, n.Kernel.Kind(), err)
		}
		t[n.Out] = y
	}
	return t, nil
}

// OutputsOf picks the program's outputs from a trace.
func (p *Program) OutputsOf(t Trace) []*tensor.Int {
	out := make([]*tensor.Int, len(p.Outputs))
	for i, id := range p.Outputs {
		out[i] = t[id]
	}
	return out
}
