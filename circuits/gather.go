package circuits

import (
	"assay/circuits/gadget"
	"assay/ir/program"

	"github.com/consensys/gnark/frontend"
)

// gather costs nothing: it relabels wires.
type gather struct{}

func init() { register((*program.Gather)(nil), gather{}) }

func (gather) demand(pl *planner, n program.Node) {
	for _, a := range n.Kernel.Args() {
		pl.derived[n.Out] = pl.derived[n.Out] || pl.derived[a]
	}
}

func (gather) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Gather)
	if len(k.Index) == 0 {
		return c.tensors[k.Operands[0]], nil
	}
	type source struct {
		t elements
		i int
	}
	var all []source
	narrowed := true
	offset := int64(0)
	for a, id := range k.Operands {
		t := c.tensors[id]
		w, ok := t.(*narrow)
		narrowed = narrowed && ok
		if ok {
			if a == 0 {
				offset = w.offset
			}
			offset = min(offset, w.offset)
		}
		for i := range t.len() {
			all = append(all, source{t, i})
		}
	}
	if !narrowed {
		t := &derived{n: k.Shape.Size(), values: c.values(n.Out)}
		if !c.s.Tracing() {
			t.make = func(i int) frontend.Variable {
				if k.Index[i] < 0 {
					return k.Fill
				}
				src := all[k.Index[i]]
				return src.t.at(src.i).V
			}
		}
		return t, nil
	}
	if k.Fills() {
		offset = min(offset, k.Fill)
	}
	t := &narrow{wires: make([]gadget.Wire, k.Shape.Size()), offset: offset, s: c.s}
	for i, j := range k.Index {
		if j < 0 {
			t.wires[i] = c.s.Constant(k.Fill - offset)
			continue
		}
		src := all[j].t.(*narrow)
		t.wires[i] = src.wires[all[j].i]
		if d := src.offset - offset; d != 0 {
			t.wires[i] = c.s.Combine(d, []int64{1}, t.wires[i])
		}
	}
	return t, nil
}
