package circuits

import (
	"assay/ir/program"

	"github.com/consensys/gnark/frontend"
)

// remainder proves y = x mod Divisor: quotient q and y are advice, x - Min = q*Divisor + y - shift with 0 <= y <
// Divisor and q bounded, so the division with remainder is the only solution.
//
// Where the program has divided x by Divisor before, by a quotient kernel, y is what that leaves: x - q*Divisor, a
// combination that costs nothing.
type remainder struct{}

func init() { register((*program.Remainder)(nil), remainder{}) }

func (remainder) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.Remainder)
	np := &pl.plan.Nodes[pl.node]
	size := pl.p.Tensors[n.Out].Shape.Size()
	if _, ok := divided(pl.p, pl.node, k); ok {
		np.Form = "left by a quotient"
		pl.derived[n.Out] = true
		return
	}
	np.Form, np.Elements = "division", size
	low, _ := k.Split(pl.p.Tensors[k.Arg].Range.Min)
	high, _ := k.Split(pl.p.Tensors[k.Arg].Range.Max)
	np.Light = size
	np.Constraints = size * (1 + pl.nonnegative(high-low) + pl.upTo(k.Divisor-1))
}

func (remainder) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Remainder)
	in := c.tensors[k.Arg]
	if q, ok := divided(c.program, c.node, k); ok {
		quotients := c.tensors[q]
		y := &derived{n: in.len(), values: c.values(n.Out)}
		if !c.s.Tracing() {
			y.make = func(i int) frontend.Variable {
				return c.s.Combine(0, []int64{1, -k.Divisor}, in.at(i), quotients.at(i)).V
			}
		}
		return y, nil
	}
	low, _ := k.Split(c.program.Tensors[k.Arg].Range.Min)
	high, _ := k.Split(c.program.Tensors[k.Arg].Range.Max)
	qs, ys := make([]int64, in.len()), make([]int64, in.len())
	for i, x := range c.values(k.Arg) {
		q, y := k.Split(x)
		qs[i], ys[i] = q-low, y
	}
	quotients := c.s.Advise(qs)
	out := &narrow{wires: c.s.Advise(ys), s: c.s}
	for i := range in.len() {
		c.ranges.Nonnegative(quotients[i], high-low)
		c.ranges.UpTo(out.wires[i], k.Divisor-1)
		c.s.AssertEqual(c.s.Combine(low*k.Divisor, []int64{k.Divisor, 1}, quotients[i], out.wires[i]), in.at(i))
	}
	return out, nil
}

// divided is the quotient of the same operand by the same divisor, where an earlier node computes it.
func divided(of *program.Program, node int, k *program.Remainder) (tensor int, ok bool) {
	for _, n := range of.Nodes[:node] {
		if q, is := n.Kernel.(*program.Quotient); is && q.Arg == k.Arg && q.Divisor == k.Divisor {
			return n.Out, true
		}
	}
	return 0, false
}
