package circuits

import (
	"fmt"

	"assay/circuits/gadget"
	"assay/ir/program"

	"github.com/consensys/gnark/frontend"
)

// linear costs no constraints: each row is a linear combination, made where it is consumed. An operand that is such
// a combination itself becomes wires first, one constraint each.
type linear struct{}

func init() { register((*program.Linear)(nil), linear{}) }

func (linear) demand(pl *planner, n program.Node) {
	pl.derived[n.Out] = true
	for _, a := range n.Kernel.Args() {
		if n := pl.wires(a); n > 0 {
			np := &pl.plan.Nodes[pl.node]
			np.Form = "wires for operands"
			np.Constraints += n
		}
	}
}

// wires is the cost of walk.narrow.
func (pl *planner) wires(id int) int {
	if !pl.derived[id] {
		return 0
	}
	pl.derived[id] = false
	n := pl.p.Tensors[id].Shape.Size()
	pl.plan.Nodes[pl.node].Light += n
	return n
}

func (linear) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Linear)
	t := &derived{n: k.Shape.Size(), values: c.values(n.Out)}
	args := make([]*narrow, len(k.Terms))
	for i, term := range k.Terms {
		var err error
		if args[i], err = c.narrow(term.Arg); err != nil {
			return nil, err
		}
	}
	if c.s.Tracing() {
		return t, nil
	}
	left := newRest(c.s, k, args)
	layer := c.s.NewLayer(left.of)
	t.make = func(i int) frontend.Variable {
		left.row(i)
		return c.s.Row(layer, i, &left.constant, left.coefs, left.others).V
	}
	return t, nil
}

// narrow gives a tensor as single wires. A derived tensor becomes wires of its own, each pinned by one equation.
func (c *walk) narrow(id int) (*narrow, error) {
	switch t := c.tensors[id].(type) {
	case *narrow:
		return t, nil
	case *derived:
		r := c.program.Tensors[id].Range
		xs := make([]int64, t.n)
		if t.values != nil {
			for i, v := range t.values {
				xs[i] = v - r.Min
			}
		}
		w := &narrow{wires: c.s.Advise(xs), offset: r.Min, s: c.s}
		if !c.s.Tracing() {
			for i := range w.wires {
				c.s.AssertEqual(w.at(i), t.at(i))
			}
		}
		c.tensors[id] = w
		return w, nil
	}
	return nil, fmt.Errorf("circuits: tensor %d has no wires", id)
}

// values are the integers of a tensor when the walk evaluates, else nil.
func (c *walk) values(id int) []int64 {
	if c.trace == nil {
		return nil
	}
	return c.trace[id].Data
}

// constantWires is a tensor known at compile time.
func constantWires(s *gadget.Synth, xs []int64, offset int64) *narrow {
	t := &narrow{wires: make([]gadget.Wire, len(xs)), offset: offset, s: s}
	for i, x := range xs {
		t.wires[i] = s.Constant(x - offset)
	}
	return t
}
