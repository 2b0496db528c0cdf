package circuits

import "assay/ir/program"

// quotient proves q = floor(x / Divisor): q is advice, bounded below 2^63, and x - q*Divisor is looked up to be an
// integer in [0, Divisor), so q is the floor and no other integer will do. An operand that is a combination becomes
// wires first, since two lookups read it.
type quotient struct{}

func init() { register((*program.Quotient)(nil), quotient{}) }

func (quotient) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.Quotient)
	np := &pl.plan.Nodes[pl.node]
	size := pl.p.Tensors[n.Out].Shape.Size()
	np.Form, np.Elements = "division", size
	np.Constraints = pl.wires(k.Arg) + size*(pl.nonnegative(pl.p.Tensors[n.Out].Range.Span())+pl.upTo(k.Divisor-1))
}

func (quotient) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Quotient)
	r := c.program.Tensors[n.Out].Range
	in, err := c.narrow(k.Arg)
	if err != nil {
		return nil, err
	}
	qs := make([]int64, in.len())
	for i, q := range c.values(n.Out) {
		qs[i] = q - r.Min
	}
	out := &narrow{wires: c.s.Advise(qs), offset: r.Min, s: c.s}
	for i := range in.len() {
		c.ranges.Nonnegative(out.wires[i], r.Span())
		c.ranges.UpTo(c.s.Combine(0, []int64{1, -k.Divisor}, in.at(i), out.at(i)), k.Divisor-1)
	}
	return out, nil
}
