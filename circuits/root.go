package circuits

import "assay/ir/program"

// root proves y = floor(sqrt(x)), x >= 0. y and the rest r are advice, and one constraint says
//
//	y y = x - r
//
// with y >= 0, r >= 0 and 2y - r >= 0 by range checks. y has at most 48 bits by its limbs, so nothing wraps, and
// y^2 <= x < (y+1)^2 has one solution.
type root struct{}

func init() { register((*program.Root)(nil), root{}) }

func (root) demand(pl *planner, n program.Node) {
	np := &pl.plan.Nodes[pl.node]
	np.Form, np.Elements = "root", pl.p.Tensors[n.Out].Shape.Size()
	top := pl.p.Tensors[n.Out].Range.Max
	np.Light = np.Elements
	np.Constraints = np.Elements * (1 + pl.nonnegative(top) + 2*pl.nonnegative(2*top))
}

func (root) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Root)
	x := c.tensors[k.Arg]
	top := c.program.Tensors[n.Out].Range.Max
	rs := make([]int64, x.len())
	ys := make([]int64, x.len())
	for i, y := range c.values(n.Out) {
		ys[i], rs[i] = y, c.values(k.Arg)[i]-y*y
	}
	out := &narrow{wires: c.s.Advise(ys), s: c.s}
	for i, rest := range c.s.Advise(rs) {
		y := out.wires[i]
		c.ranges.Nonnegative(y, top)
		c.ranges.Nonnegative(rest, 2*top)
		c.ranges.Nonnegative(c.s.Combine(0, []int64{2, -1}, y, rest), 2*top)
		c.s.AssertProduct(y.V, y.V, c.s.Combine(0, []int64{1, -1}, x.at(i), rest).V)
	}
	return out, nil
}
