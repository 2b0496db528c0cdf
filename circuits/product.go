package circuits

import (
	"assay/circuits/gadget"
	"assay/ir/program"
)

// product costs one constraint an element, whose wire is the result: it is determined by its operands, and needs no
// bound of its own.
type product struct{}

func init() { register((*program.Product)(nil), product{}) }

func (product) demand(pl *planner, n program.Node) {
	np := &pl.plan.Nodes[pl.node]
	np.Elements = pl.p.Tensors[n.Out].Shape.Size()
	np.Form, np.Constraints, np.Light = "product", np.Elements, np.Elements
}

func (product) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Product)
	a, b := c.tensors[k.A], c.tensors[k.B]
	out := &narrow{wires: make([]gadget.Wire, a.len()), s: c.s}
	for i := range out.wires {
		x := a.at(i)
		y := x
		if k.A != k.B {
			y = b.at(i)
		}
		out.wires[i] = c.s.Product(x, y)
	}
	return out, nil
}
