package circuits

import (
	"assay/circuits/gadget"
	"assay/ir/program"

	"github.com/consensys/gnark/frontend"
)

// shares proves y = floor((x * inverse + half) / 2^Shift), inverse = floor(2^Bits / (1 + sum of the row)). For a row,
// sum, inverse and rest are advice, and
//
//	inverse (1 + sum) = 2^Bits - rest
//
// with inverse, rest and sum - rest nonnegative integers by range checks: the division with rest has one solution. For
// an element, x * inverse is a wire and y an integer by a range check, which leaves of the wire, shifted by y, an
// integer in [0, 2^Shift): so y is the floor. Its check has no upper end: the equation supplies it.
type shares struct{}

func init() { register((*program.Shares)(nil), shares{}) }

func (shares) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.Shares)
	np := &pl.plan.Nodes[pl.node]
	size := pl.p.Tensors[n.Out].Shape.Size()
	np.Form, np.Elements = "inverse", size
	np.Constraints = pl.wires(k.Arg) + pl.inverses(len(k.Rows), k.Bits, pl.p.Tensors[k.Arg].Range.Max*longest(k.Rows)) + pl.scaled(n.Out, k.Shift)
}

func (shares) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Shares)
	in, err := c.narrow(k.Arg)
	if err != nil {
		return nil, err
	}
	inverses := c.inverses(in, k.Rows, k.Bits, c.program.Tensors[k.Arg].Range.Max*longest(k.Rows))
	row := make([]int, 0, in.len())
	for i, n := range k.Rows {
		for range n {
			row = append(row, i)
		}
	}
	return c.scaled(n.Out, k.Shift, func(i int) gadget.Wire { return c.s.Product(inverses[row[i]], in.at(i)) }), nil
}

// longest is the length of the longest row.
func longest(rows []int64) int64 {
	n := int64(0)
	for _, r := range rows {
		n = max(n, r)
	}
	return n
}

// inverses is the cost of walk.inverses.
func (pl *planner) inverses(rows int, bits uint, most int64) int {
	np := &pl.plan.Nodes[pl.node]
	lookups := pl.nonnegative(1<<bits) + 2*pl.nonnegative(most)
	np.Light += 2 * rows
	np.Parts += rows * (lookups - 3)
	return rows * (2 + lookups)
}

// inverses is floor(2^bits / (1 + sum)) for each row of x, elements that are not negative and sum to at most most.
func (c *walk) inverses(x elements, rows []int64, bits uint, most int64) []gadget.Wire {
	sums, quotients, rests := make([]int64, len(rows)), make([]int64, len(rows)), make([]int64, len(rows))
	terms := make([][]frontend.Variable, len(rows))
	at := 0
	for i, n := range rows {
		for range n {
			e := x.at(at)
			sums[i] += e.X
			terms[i] = append(terms[i], e.V)
			at++
		}
		if c.s.Evaluates() {
			quotients[i], rests[i] = 1<<bits/(1+sums[i]), 1<<bits%(1+sums[i])
		}
	}
	sum, inverse, rest := c.s.Advise(sums), c.s.Advise(quotients), c.s.Advise(rests)
	for i := range rows {
		if !c.s.Tracing() {
			c.s.AssertEqual(sum[i], gadget.Wire{V: c.s.Sum(terms[i])})
		}
		c.ranges.Nonnegative(inverse[i], 1<<bits)
		c.ranges.Nonnegative(rest[i], most)
		c.ranges.Nonnegative(c.s.Combine(0, []int64{1, -1}, sum[i], rest[i]), most)
		c.s.AssertProduct(inverse[i].V, c.s.Combine(1, []int64{1}, sum[i]).V, c.s.Combine(1<<bits, []int64{-1}, rest[i]).V)
	}
	return inverse
}

// scaled is the cost of walk.scaled, each of whose wires is a product.
func (pl *planner) scaled(out int, shift uint) int {
	t, np := pl.p.Tensors[out], &pl.plan.Nodes[pl.node]
	size, lookups := t.Shape.Size(), pl.integer(shift)+pl.nonnegative(t.Range.Span())
	np.Light += size * (1 + equations(shift))
	np.Parts += size * (lookups - 2)
	return size * (1 + lookups)
}

// scaled gives tensor out, whose elements are floor((wire + half) / 2^shift) of integer wires.
func (c *walk) scaled(out int, shift uint, wire func(i int) gadget.Wire) *narrow {
	r := c.program.Tensors[out].Range
	xs := make([]int64, c.program.Tensors[out].Shape.Size())
	for i, y := range c.values(out) {
		xs[i] = y - r.Min
	}
	y := &narrow{wires: c.s.Advise(xs), offset: r.Min, s: c.s}
	for i, w := range y.wires {
		c.ranges.Nonnegative(w, r.Span())
		c.ranges.Integer(c.s.Combine(1<<shift>>1, []int64{1, -(1 << shift)}, wire(i), y.at(i)), shift)
	}
	return y
}
