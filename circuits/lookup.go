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
// x is consumed by the first alone. Where the index can leave the table's rows, h is split as c + over - under with
// over*(High-c) = 0 and under*(c-Low) = 0, and over + under is shown to be a nonnegative integer. If c is neither
// Low nor High both vanish and h = c. If c = High > Low then under = 0, so over is nonnegative, and h = High + over;
// likewise at Low. So c = clamp(h) if it is a row at all, and where there is one row alone, c is that row whatever h is, and y
// its value. An end that no index passes has neither advice nor product.
//
// The second lookup takes one of two forms. With a challenge, h + B*y costs a product and a lookup, and y is bounded by
// the table's values. Packed (see gadget.Table), y is looked up in the range table, or its parts are, and h + 2^40*y in the
// function's: lookups in which every wire but the inverses is small, where the product is a full-size wire that the prover
// meets in G2. What packing asks for: y is an integer by its own lookups, so the row h (or c) is one by the packed lookup,
// hence lo is one too and h = floor((x + half) / 2^Shift) of whatever integer x is. Operands and rows are those that the
// planner derives, or, where a kernel's advice may lie (see below), less than twice as far apart: it packs only where they
// lie within 2^38, so a key is less than 2^40 from every row.
//
// Functions that are constant at both ends may have a table of fewer rows, which has no clamp: see fold.
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
	if pl.rounds(k) {
		pl.rounding(k, size)
		return
	}
	np := &pl.plan.Nodes[pl.node]
	np.Elements, np.Constraints = size, 2*size
	if k.Even {
		np.Constraints += size
		if pl.derived[k.Arg] {
			np.Light += size
			np.Constraints += size
		}
	}
	pl.wants(k, size, k.Index(r.Min), k.Index(r.Max))
	if j, ok := pl.plan.absorbs[pl.node]; ok {
		m := pl.p.Nodes[j].Kernel.(*program.Max)
		members, zero := pl.windows(m, size)
		np.Elements += members
		np.Parts += members * (pl.floor(k) - 1)
		np.Light += zero + members*equations(k.Shift)
		np.Constraints += members*(pl.floor(k)+pl.nonnegative(k.Index(r.Max)-k.Index(r.Min))) + zero
		return
	}
	if !k.Even {
		np.Light += size * equations(k.Shift)
	}
	np.Parts += size * (pl.floor(k) - 1)
	np.Constraints += size * pl.floor(k)
}

func (lookup) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Lookup)
	if j, ok := c.plan.absorbs[c.node]; ok {
		return c.pooled(k, c.program.Nodes[j].Kernel.(*program.Max), n.Out)
	}
	if c.plan.Nodes[c.node].Form == "rounding" {
		return c.rounded(k, n.Out), nil
	}
	in := c.tensors[k.Arg]
	r := c.program.Tensors[k.Arg].Range
	idx := c.indices(k, n.Out, in.len(), k.Index(r.Min), k.Index(r.Max), func(i int) int64 { return c.values(k.Arg)[i] })
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
		c.s.AssertEqual(w, low)
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
	over, under []gadget.Wire // nil where no index passes that end
	offset      int64
	result      *narrow
	odd         []gadget.Wire // parity of the row's index; nil where halves round up
}

// index is h, as a combination.
func (x *indexed) index(i int) gadget.Wire {
	coefs, ws := []int64{1}, []gadget.Wire{x.key[i]}
	if x.over != nil {
		coefs, ws = append(coefs, 1), append(ws, x.over[i])
	}
	if x.under != nil {
		coefs, ws = append(coefs, -1), append(ws, x.under[i])
	}
	return x.s.Combine(x.offset, coefs, ws...)
}

// indices advises index and result of n lookups of operands x, whose indices lie within [least, most], and looks the pairs
// up.
func (c *walk) indices(k *program.Lookup, out, n int, least, most int64, x func(i int) int64) *indexed {
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
			row := h
			if f.Fold == 0 {
				row = min(max(h, low), high)
			}
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
	if c.plan.clamped(c.node) {
		c.clamp(r, over, under, most-high, low-least, high-low)
	}
	if f.Packed {
		for _, w := range r.result.wires {
			c.ranges.Nonnegative(w, c.program.Tensors[out].Range.Span())
		}
	}
	return r
}

// clamp proves that the keys of x, rows 0 to last of a table, are the indices as far as they are rows, which pass the last
// row by at most above and the first by at most below.
func (c *walk) clamp(x *indexed, over, under []int64, above, below, last int64) {
	if above > 0 {
		x.over = c.s.Advise(over)
	}
	if below > 0 {
		x.under = c.s.Advise(under)
	}
	for i := range x.key {
		var beyond []gadget.Wire
		if above > 0 {
			beyond = append(beyond, x.over[i])
			c.s.AssertProduct(x.over[i].V, c.s.Combine(last, []int64{-1}, x.key[i]).V, 0)
		}
		if below > 0 {
			beyond = append(beyond, x.under[i])
			c.s.AssertProduct(x.under[i].V, x.key[i].V, 0)
		}
		c.ranges.Nonnegative(c.s.Combine(0, []int64{1, 1}[:len(beyond)], beyond...), max(above, below))
	}
}
