package circuits

import "assay/ir/program"

// step proves y = [x >= 0]. y and the distance s, which is x or -x-1, are advice:
//
//	y (1 - y) = 0,  (2y - 1)(2s + 1) = 2x + 1,  s >= 0
//
// As 2s + 1 is a positive odd integer, 2y - 1 is the sign of 2x + 1, which is never zero. x is consumed once.
type step struct{}

func init() { register((*program.Step)(nil), step{}) }

// distance is the largest s for a range.
func (step) distance(r program.Range) int64 { return max(r.Max, -r.Min-1) }

func (k step) demand(pl *planner, n program.Node) {
	np := &pl.plan.Nodes[pl.node]
	np.Form, np.Elements = "sign", pl.p.Tensors[n.Out].Shape.Size()
	np.Light = 2 * np.Elements
	np.Constraints = np.Elements * (2 + pl.nonnegative(k.distance(pl.p.Tensors[n.Kernel.Args()[0]].Range)))
}

func (k step) synthesize(c *walk, n program.Node) (elements, error) {
	arg := n.Kernel.(*program.Step).Arg
	x := c.tensors[arg]
	far := k.distance(c.program.Tensors[arg].Range)
	ys, ss := make([]int64, x.len()), make([]int64, x.len())
	for i, y := range c.values(n.Out) {
		v := c.values(arg)[i]
		ys[i], ss[i] = y, max(v, -v-1)
	}
	out := &narrow{wires: c.s.Advise(ys), s: c.s}
	for i, s := range c.s.Advise(ss) {
		y := out.wires[i]
		c.ranges.Nonnegative(s, far)
		c.s.AssertProduct(y.V, c.s.Combine(1, []int64{-1}, y).V, 0)
		c.s.AssertProduct(c.s.Combine(-1, []int64{2}, y).V, c.s.Combine(1, []int64{2}, s).V, c.s.Combine(1, []int64{2}, x.at(i)).V)
	}
	return out, nil
}
