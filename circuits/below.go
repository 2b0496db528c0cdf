package circuits

import (
	"crypto/sha256"

	"assay/circuits/gadget"
	"assay/ir/program"
)

// below proves y = Table[min(floor((top - x) / 2^Shift), last)] with top the largest x of its row. top is advice; for
// each element, with h its index,
//
//	lo = top - x - h*2^Shift   is looked up in the range table of 2^Shift,
//	(h, y)                     is looked up in the function's table, as in lookup.
//
// The product of all top - x of a row is zero, so top is an element of the row, and an integer. Rows of the table are
// counted from 0, and these lookups share it with no other kind, so no row is negative: where an index is clamped,
// only to the last row, it is beyond by a nonnegative integer. So h is a nonnegative integer, as lo is, and top - x =
// lo + h*2^Shift is none below zero: top bounds the row without a check of its own, and is its maximum. That is four
// constraints an element, with one range lookup.
type below struct{}

func init() { register((*program.Below)(nil), below{}) }

// core is the lookup of the index in the table.
func (below) core(k *program.Below) *program.Lookup {
	return &program.Lookup{Arg: k.Arg, Shift: k.Shift, Table: k.Table}
}

func (b below) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.Below)
	size := pl.p.Tensors[n.Out].Shape.Size()
	np := &pl.plan.Nodes[pl.node]
	np.Elements = size
	rounding := pl.integer(k.Shift)
	np.Constraints = pl.wires(k.Arg) + size*(2+rounding)
	np.Light += size * equations(k.Shift)
	np.Parts += size * (rounding - 1)
	for _, n := range k.Rows {
		np.Light += max(int(n)-1, 1)
		np.Constraints += max(int(n)-1, 1)
	}
	core := b.core(k)
	id := functionID(core)
	pl.ids[core] = sha256.Sum256(append([]byte("below"), id[:]...))
	pl.wants(core, size, 0, k.Index(pl.p.Tensors[k.Arg].Range.Span()))
}

func (b below) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Below)
	in, err := c.narrow(k.Arg)
	if err != nil {
		return nil, err
	}
	r := c.program.Tensors[k.Arg].Range
	highest := make([]int64, len(k.Rows))
	distance := make([]int64, in.len())
	if c.s.Evaluates() {
		xs := c.values(k.Arg)
		at := 0
		for i, n := range k.Rows {
			top := xs[at]
			for _, x := range xs[at : at+int(n)] {
				top = max(top, x)
			}
			highest[i] = top - r.Min
			for range n {
				distance[at] = top - xs[at]
				at++
			}
		}
	}
	tops := &narrow{wires: c.s.Advise(highest), offset: r.Min, s: c.s}
	core := b.core(k)
	// The index rounds down: what a lookup adds to round to the nearest is taken off.
	idx := c.indices(core, n.Out, in.len(), 0, k.Index(r.Span()), func(i int) int64 { return distance[i] - core.Half() })
	at := 0
	for i, n := range k.Rows {
		members := make([]gadget.Wire, n)
		for j := range members {
			members[j] = c.s.Combine(0, []int64{1, -1}, tops.at(i), in.at(at))
			c.ranges.Integer(c.s.Combine(0, []int64{1, -1, -(1 << k.Shift)}, tops.at(i), in.at(at), idx.index(at)), k.Shift)
			at++
		}
		c.s.AssertSomeZero(members)
	}
	return idx.result, nil
}
