package circuits

import "assay/ir/program"

// atLeast proves y = max(x, Low). y is advice; y - Low and y - x are nonnegative integers by range checks, and their
// product is zero: y bounds both and is one of them. An operand that is a combination becomes wires first, since two
// constraints read it.
type atLeast struct{}

func init() { register((*program.AtLeast)(nil), atLeast{}) }

func (atLeast) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.AtLeast)
	np := &pl.plan.Nodes[pl.node]
	np.Form, np.Elements = "comparison", pl.p.Tensors[n.Out].Shape.Size()
	above, below := span(k, pl.p)
	np.Light += np.Elements
	np.Constraints = pl.wires(k.Arg) + np.Elements*(1+pl.nonnegative(above)+pl.nonnegative(below))
}

// span is how far the result may lie above the bound, and above the operand.
func span(k *program.AtLeast, p *program.Program) (above, below int64) {
	r := p.Tensors[k.Arg].Range
	return max(r.Max-k.Low, 0), max(k.Low-r.Min, 0)
}

func (atLeast) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.AtLeast)
	x, err := c.narrow(k.Arg)
	if err != nil {
		return nil, err
	}
	above, below := span(k, c.program)
	ys := make([]int64, x.len())
	for i, y := range c.values(n.Out) {
		ys[i] = y - k.Low
	}
	out := &narrow{wires: c.s.Advise(ys), offset: k.Low, s: c.s}
	for i, y := range out.wires {
		d := c.s.Combine(k.Low, []int64{1, -1}, y, x.at(i))
		c.ranges.Nonnegative(y, above)
		c.ranges.Nonnegative(d, below)
		c.s.AssertProduct(y.V, d.V, 0)
	}
	return out, nil
}
