package circuits

import (
	"assay/ir/program"
)

// divide proves y = floor((2x + d) / 2d), d >= 1. Quotient y and remainder r are advice, and one constraint says
//
//	(2d) y = 2x + d - r
//
// with y an integer by a range check, r >= 0 and 2d - 1 - r >= 0. All are integers below 2^63 in magnitude or, by
// their limbs, below 2^80, so the equation holds for integers, of which it is the one division with remainder.
// The range check of y has no upper end: the equation supplies it. A divisor that is a combination becomes wires
// first, since three constraints read it.
type divide struct{}

func init() { register((*program.Divide)(nil), divide{}) }

func (divide) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.Divide)
	np := &pl.plan.Nodes[pl.node]
	np.Form, np.Elements = "division", pl.p.Tensors[n.Out].Shape.Size()
	bound := 2*pl.p.Tensors[k.D].Range.Max - 1
	np.Light += np.Elements
	np.Constraints = pl.wires(k.D) + np.Elements*(1+pl.nonnegative(pl.p.Tensors[n.Out].Range.Span())+2*pl.nonnegative(bound))
}

func (divide) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Divide)
	x := c.tensors[k.X]
	d, err := c.narrow(k.D)
	if err != nil {
		return nil, err
	}
	r, bound := c.program.Tensors[n.Out].Range, 2*c.program.Tensors[k.D].Range.Max-1
	ys, rs := make([]int64, x.len()), make([]int64, x.len())
	if c.s.Evaluates() {
		for i := range ys {
			y, rest := k.Split(c.values(k.X)[i], c.values(k.D)[i])
			ys[i], rs[i] = y-r.Min, rest
		}
	}
	out := &narrow{wires: c.s.Advise(ys), offset: r.Min, s: c.s}
	rests := c.s.Advise(rs)
	for i, rest := range rests {
		by := d.at(i)
		c.ranges.Nonnegative(out.wires[i], r.Span())
		c.ranges.Nonnegative(rest, bound)
		c.ranges.Nonnegative(c.s.Combine(-1, []int64{2, -1}, by, rest), bound)
		c.s.AssertProduct(c.s.Combine(0, []int64{2}, by).V, out.at(i).V, c.s.Combine(0, []int64{2, 1, -1}, x.at(i), by, rest).V)
	}
	return out, nil
}
