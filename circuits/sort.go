package circuits

import (
	"assay/circuits/gadget"
	"assay/ir/program"
)

// sorting proves that each line s is the line x in ascending order. s is advice. With a challenge V that is drawn
// after s and all that x is made of are committed,
//
//	product of (V - x_i)  =  product of (V - s_i)
//
// Two lists of n field elements that differ as multisets make different polynomials in V of degree n, which agree at
// a random V with probability at most n/r; over all lines, elements / r. So s is x rearranged: integers, within the
// range of x, without a check of their own. Each s_(i+1) - s_i is then an integer, and looked up to be nonnegative.
// One order is ascending, so s is determined.
//
// A line of n costs 2(n-1) products and n-1 range checks.
type sorting struct{}

func init() { register((*program.Sort)(nil), sorting{}) }

func (sorting) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.Sort)
	np := &pl.plan.Nodes[pl.node]
	s := pl.p.Tensors[n.Out].Shape
	size := s.Size()
	np.Form, np.Elements = "permutation", size
	if s[len(s)-1] == 1 {
		pl.derived[n.Out] = pl.derived[k.Arg]
		return
	}
	np.Constraints = (size - size/s[len(s)-1]) * (2 + pl.nonnegative(pl.p.Tensors[n.Out].Range.Span()))
}

func (sorting) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Sort)
	d := c.program.Tensors[n.Out]
	length := d.Shape[len(d.Shape)-1]
	in := c.tensors[k.Arg]
	if length == 1 {
		return in, nil
	}
	xs := make([]int64, in.len())
	for i, v := range c.values(n.Out) {
		xs[i] = v - d.Range.Min
	}
	out := &narrow{wires: c.s.Advise(xs), offset: d.Range.Min, s: c.s}
	for i := range in.len() {
		if i%length > 0 {
			c.ranges.Nonnegative(c.s.Combine(0, []int64{1, -1}, out.wires[i], out.wires[i-1]), d.Range.Span())
		}
	}
	c.s.Later(func(ch gadget.Challenges) error {
		v := gadget.Wire{V: ch.V}
		from := func(w gadget.Wire) gadget.Wire { return c.s.Combine(0, []int64{1, -1}, v, w) }
		for at := 0; at < in.len(); at += length {
			left, right := from(in.at(at)), from(out.at(at))
			for i := at + 1; i < at+length; i++ {
				left = c.s.Product(left, from(in.at(i)))
			}
			for i := at + 1; i < at+length-1; i++ {
				right = c.s.Product(right, from(out.at(i)))
			}
			c.s.AssertProduct(right.V, from(out.at(at+length-1)).V, left.V)
		}
		return nil
	})
	return out, nil
}
