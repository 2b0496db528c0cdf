package circuits

import (
	"assay/circuits/gadget"
	"assay/ir/program"
)

// lookup rounds, saturates and applies a function in three constraints an element: with h the index and y the
// result as advice,
//
//	lo = x + half - h*2^Shift   is looked up in the range table of 2^Shift, so h = floor((x + half) / 2^Shift),
//	(h, y)                      is looked up in the function's table (two constraints).
//
// x is consumed by the first alone. Where the index can leave the table's rows, h is split as c + over - under:
// c is a row, over and under are nonnegative, over*(High-c) = 0 and under*(c-Low) = 0. If c lies strictly inside
// both vanish and h = c. If c = High > Low then under = 0 and h = High + over; likewise at Low. So c = clamp(h).
//
// Where halves round to even (Even), the row of c holds its parity e too, and two range checks replace the one:
//
//	lo + s - e(2s+1) and 2^Shift + s - e(2s+1) - lo  are nonnegative, with s the slack:
//	lo lies in [-s, 2^Shift + s] for even h and in [s+1, 2^Shift - s) for odd h.
//
// Their sum is below 2^(Shift+1), so neither wraps. These intervals tile the integers, so h is the integer nearest to
// x / 2^Shift, the even one of two where x lies half way, give or take s. That is six constraints an element at most, one less where x is not a wide
// combination. The first and the last row of such a table are even, and repeat the result of their neighbour where
// the function has ended: beyond them e is 0, so a tie there has two indices, both of which saturate to the same
// result, and every x has one.
type lookup struct{}

func init() { register((*program.Lookup)(nil), lookup{}) }

func (lookup) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.Lookup)
	r := pl.p.Tensors[k.Arg].Range
	size := pl.p.Tensors[n.Out].Shape.Size()
	np := &pl.plan.Nodes[pl.node]
	np.Elements, np.Constraints = size, 2*size
	if k.Even {
		np.Constraints += size
		if pl.derived[k.Arg] {
			np.Constraints += size
		}
	}
	pl.wants(k, size, k.Index(r.Min), k.Index(r.Max))
	if j, ok := pl.plan.absorbs[pl.node]; ok {
		m := pl.p.Nodes[j].Kernel.(*program.Max)
		members, zero := pl.windows(m, size)
		np.Elements += members
		np.Constraints += members*(pl.floor(k)+pl.nonnegative(k.Index(r.Max)-k.Index(r.Min))) + zero
		return
	}
	np.Constraints += size * pl.floor(k)
}

func (lookup) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Lookup)
	if j, ok := c.plan.absorbs[c.node]; ok {
		return c.pooled(k, c.program.Nodes[j].Kernel.(*program.Max), n.Out)
	}
	in := c.tensors[k.Arg]
	idx := c.indices(k, n.Out, in.len(), func(i int) int64 { return c.values(k.Arg)[i] })
	_, wide := in.(*derived)
	for i := range in.len() {
		if k.Even {
			c.nearest(k, in.at(i), idx.index(i), idx.odd[i], wide)
		} else {
			c.floor(k, in.at(i), idx.index(i))
		}
	}
	return idx.result, nil
}

// nearest proves that index is the integer nearest to x / 2^Shift, the even one of two. A wide x would be stored
// twice, so what is left of it becomes a wire of its own.
func (c *walk) nearest(k *program.Lookup, x, index, odd gadget.Wire, wide bool) {
	less := 2*k.Slack + 1 // by how much the interval of an odd index is shorter at either end
	low := c.s.Combine(k.Half()+k.Slack, []int64{1, -(1 << k.Shift), -less}, x, index, odd)
	if wide {
		w := c.s.Advise([]int64{low.X})[0]
		if api := c.s.API(); api != nil {
			api.AssertIsEqual(w.V, low.V)
		}
		low = w
	}
	c.ranges.Nonnegative(low, k.Rest())
	c.ranges.Nonnegative(c.s.Combine(k.Rest(), []int64{-1, -2 * less}, low, odd), k.Rest())
}

// floor proves index = floor((x + half) / 2^Shift).
func (c *walk) floor(k *program.Lookup, x, index gadget.Wire) {
	low := c.s.Combine(k.Half(), []int64{1, -(1 << k.Shift)}, x, index)
	c.ranges.Integer(low, k.Shift)
}

// indexed is the advice of n lookups: the index, possibly split by a clamp, and the result.
type indexed struct {
	s           *gadget.Synth
	key         []gadget.Wire // row - offset
	over, under []gadget.Wire // nil without a clamp
	offset      int64
	result      *narrow
	odd         []gadget.Wire // parity of the row's index; nil where halves round up
}

// index is h, as a combination.
func (x *indexed) index(i int) gadget.Wire {
	if x.over == nil {
		return x.s.Combine(x.offset, []int64{1}, x.key[i])
	}
	return x.s.Combine(x.offset, []int64{1, 1, -1}, x.key[i], x.over[i], x.under[i])
}

// indices advises index and result of n lookups of operands x and looks the pairs up.
func (c *walk) indices(k *program.Lookup, out, n int, x func(i int) int64) *indexed {
	f := c.plan.Functions[c.plan.function[c.node]]
	table := c.function(c.plan.function[c.node])
	first, base := origin(k)
	low, high := f.Low+first, f.High+first
	r := &indexed{s: c.s, offset: low, result: &narrow{offset: c.program.Tensors[out].Range.Min, s: c.s}}
	keys, results := make([]int64, n), make([]int64, n)
	over, under, odd := make([]int64, n), make([]int64, n), make([]int64, n)
	if c.s.Evaluates() {
		for i := range n {
			h := k.Index(x(i))
			row := min(max(h, low), high)
			keys[i], over[i], under[i] = row-low, max(h-high, 0), max(low-h, 0)
			results[i], odd[i] = k.At(h)-r.result.offset, row&1
		}
	}
	r.key = c.s.Advise(keys)
	r.result.wires = c.s.Advise(results)
	if k.Even {
		r.odd = c.s.Advise(odd)
	}
	for i := range n {
		row := []gadget.Wire{c.s.Combine(r.result.offset-base, []int64{1}, r.result.wires[i])}
		if k.Even {
			row = append(row, r.odd[i])
		}
		table.Maps(c.s.Combine(f.Low, []int64{1}, r.key[i]), row...)
	}
	if !c.plan.clamped(c.node) {
		return r
	}
	in := c.program.Tensors[k.Arg].Range
	r.over, r.under = c.s.Advise(over), c.s.Advise(under)
	for i := range n {
		c.ranges.Nonnegative(r.over[i], max(k.Index(in.Max)-high, 0))
		c.ranges.Nonnegative(r.under[i], max(low-k.Index(in.Min), 0))
		c.s.AssertProduct(r.over[i].V, c.s.Combine(high-low, []int64{-1}, r.key[i]).V, 0)
		c.s.AssertProduct(r.under[i].V, r.key[i].V, 0)
	}
	return r
}
