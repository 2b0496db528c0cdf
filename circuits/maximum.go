package circuits

import (
	"fmt"

	"assay/circuits/gadget"
	"assay/ir/program"
)

// maximum proves the maximum m of each window: every m - x_j is a nonnegative integer, and their product is
// zero, so m bounds the members and is one of them. That is one lookup a member (more where the operand's range
// is wider than the range table) and one product less than members.
//
// A maximum that only a rounding lookup reads is fused with it (pooled): the index of the maximum is the maximum
// of the indices, so the members are rounded but only the maximum is looked up in the function's table.
type maximum struct{}

func init() { register((*program.Max)(nil), maximum{}) }

func (maximum) demand(pl *planner, n program.Node) {
	np := &pl.plan.Nodes[pl.node]
	k := n.Kernel.(*program.Max)
	if _, ok := pl.plan.fused[pl.node]; ok {
		np.Form = "fused with lookup"
		pl.derived[n.Out] = pl.derived[k.Arg]
		return
	}
	members, zero := pl.windows(k, pl.p.Tensors[n.Out].Shape.Size())
	np.Form, np.Elements = "comparison", members
	np.Constraints = members*pl.nonnegative(pl.p.Tensors[k.Arg].Range.Span()) + zero
	np.Light = zero
	if pl.derived[k.Arg] {
		np.Constraints += members
		np.Light += members
	}
}

func (maximum) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Max)
	if _, ok := c.plan.fused[c.node]; ok {
		return c.tensors[k.Arg], nil // the lookup reads the members
	}
	in, r := c.tensors[k.Arg], c.program.Tensors[k.Arg].Range
	size := c.program.Tensors[n.Out].Shape.Size()
	xs := make([]int64, size)
	for i := range c.values(n.Out) {
		xs[i] = c.values(n.Out)[i] - r.Min
	}
	out := &narrow{wires: c.s.Advise(xs), offset: r.Min, s: c.s}
	var members []int
	for i := range size {
		members = k.Members(i, members[:0])
		below := make([]gadget.Wire, len(members))
		for j, m := range members {
			// A wire of its own for the difference keeps a wide operand from being stored twice.
			x := in.at(m)
			d := c.s.Combine(0, []int64{1, -1}, out.at(i), x)
			if _, wide := in.(*derived); wide {
				w := c.s.Advise([]int64{d.X})[0]
				c.s.AssertEqual(w, d)
				d = w
			}
			c.ranges.Nonnegative(d, r.Span())
			below[j] = d
		}
		c.s.AssertSomeZero(below)
	}
	return out, nil
}

// pooled is a maximum and the lookup that reads it. With h the index of the maximum and u_j = h - h_j advice,
// each member is rounded by lo_j = x_j + half - (h - u_j)*2^Shift in [0, 2^Shift), u_j is a nonnegative integer,
// and the u_j of a window multiply to zero.
func (c *walk) pooled(k *program.Lookup, m *program.Max, out int) (elements, error) {
	in := c.tensors[m.Arg]
	r := c.program.Tensors[m.Arg].Range
	size := c.program.Tensors[out].Shape.Size()
	var buf []int
	largest := func(i int) int64 {
		xs := c.values(m.Arg)
		buf = m.Members(i, buf[:0])
		best := xs[buf[0]]
		for _, j := range buf[1:] {
			best = max(best, xs[j])
		}
		return best
	}
	idx := c.indices(k, out, size, k.Index(r.Min), k.Index(r.Max), largest)
	var members []int
	var below []int64
	for i := range size {
		members = m.Members(i, members[:0])
		if len(members) == 0 {
			return nil, fmt.Errorf("circuits: window %d has no members", i)
		}
		below = append(below[:0], make([]int64, len(members))...)
		if c.s.Evaluates() {
			h := k.Index(largest(i))
			for j, e := range members {
				below[j] = h - k.Index(c.values(m.Arg)[e])
			}
		}
		us := c.s.Advise(below)
		h := idx.index(i)
		for j, e := range members {
			c.ranges.Nonnegative(us[j], k.Index(r.Max)-k.Index(r.Min))
			c.floor(k, in.at(e), c.s.Combine(0, []int64{1, -1}, h, us[j]))
		}
		c.s.AssertSomeZero(us)
	}
	return idx.result, nil
}
