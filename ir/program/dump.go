package program

import (
	"fmt"
	"io"
)

// Dump writes the program as text, one tensor a line.
func (p *Program) Dump(w io.Writer) error {
	h, err := p.Hash()
	if err != nil {
		return err
	}
	line := func(format string, a ...any) {
		if err == nil {
			_, err = fmt.Fprintf(w, format, a...)
		}
	}
	line("program %s %x\n", p.Name, h)
	for _, id := range p.Inputs {
		t := p.Tensors[id]
		line("%%%d = input %q %v %v scale %.6g\n", id, t.Name, t.Shape, t.Range, t.Scale)
	}
	for _, n := range p.Nodes {
		t := p.Tensors[n.Out]
		line("%%%d = %s %v  # %q %v %v scale %.6g\n", n.Out, n.Kernel.Kind(), n.Kernel, t.Name, t.Shape, t.Range, t.Scale)
	}
	for _, id := range p.Outputs {
		line("output %%%d %q\n", id, p.Tensors[id].Name)
	}
	return err
}
