package circuits

import (
	"slices"

	"assay/circuits/gadget"
	"assay/ir/program"

	"github.com/consensys/gnark/frontend"
)

// forest proves the path that a row takes through each tree, level by level. Let r_v be 1 if the path passes node v of
// the level and else 0, so that their sum is 1 where no path can have ended before and at most 1 elsewhere. Feature
// and threshold of the level are those of the node that is passed:
//
//	t = sum of r_v Threshold[v] + (1 - sum of r_v) max,   x = the feature whose number is the sum of r_v Feature[v]
//
// with max the largest value of a feature, so that a path that has ended goes left. x is the feature itself where all
// nodes of the level agree, one product where they name two features, and else advice that is looked up, with the
// number, in the table of the features (two constraints). The bit b = [x > t] is proven as step does. A right child
// is passed where b r_v = 1, one product, and a left child where r_v - b r_v = 1. One product of a level is saved:
// they add up to b. Nodes whose children are leaves need no products of their own where it is cheaper to multiply b
// by what going right adds to the result, summed over all of them. The result is linear in these wires.
//
// The r_v are determined by the bits, and each bit by x and t: nothing else is advice.
type forest struct{}

func init() { register((*program.Forest)(nil), forest{}) }

// level is the inner nodes of one tree at one depth.
type level struct {
	nodes    []int
	ended    bool    // a path may have ended above
	features []int64 // that the nodes name, ascending
	alike    bool    // all nodes have one feature and threshold
	apart    []int   // nodes whose products with the bit are wires, but for the first where free
	free     bool    // the first of apart has what the bit leaves of the others
	joint    []int   // nodes that are proven together: children are leaves
	columns  []int   // of the result in which going right from joint nodes differs between them
}

// levels of a tree, from the root down.
func levels(k *program.Forest, tree int) []level {
	var ls []level
	ended := false
	var at []int
	if root := k.Roots[tree]; root >= 0 {
		at = []int{int(root)}
	}
	for len(at) > 0 {
		l := level{nodes: at, ended: ended, alike: !ended}
		var next, leaves, inner []int
		for _, v := range at {
			l.features = append(l.features, k.Feature[v])
			l.alike = l.alike && k.Feature[v] == k.Feature[at[0]] && k.Threshold[v] == k.Threshold[at[0]]
			last := true
			for _, child := range []int64{k.Left[v], k.Right[v]} {
				if _, leaf := k.Leaf(child); leaf {
					ended = true
				} else {
					next, last = append(next, int(child)), false
				}
			}
			if last {
				leaves = append(leaves, v)
			} else {
				inner = append(inner, v)
			}
		}
		slices.Sort(l.features)
		l.features = slices.Compact(l.features)
		for j := range k.Width {
			if slices.ContainsFunc(leaves, func(v int) bool { return gain(k, v, j) != gain(k, leaves[0], j) }) {
				l.columns = append(l.columns, j)
			}
		}
		if len(l.columns) < len(leaves)-1 {
			l.apart, l.joint = inner, leaves
		} else {
			l.apart, l.free, l.columns = append(inner, leaves...), true, nil
		}
		ls = append(ls, l)
		at = next
	}
	return ls
}

// gain is what going right rather than left adds to column j at a node whose children are leaves.
func gain(k *program.Forest, v, j int) int64 {
	left, _ := k.Leaf(k.Left[v])
	right, _ := k.Leaf(k.Right[v])
	return k.Values[right*k.Width+j] - k.Values[left*k.Width+j]
}

// forests chooses which tensors of features need a table.
func (pl *planner) forests() {
	for i, n := range pl.p.Nodes {
		k, ok := n.Kernel.(*program.Forest)
		if !ok {
			continue
		}
		looksUp := false
		for t := range k.Roots {
			looksUp = looksUp || slices.ContainsFunc(levels(k, t), func(l level) bool { return len(l.features) > 2 })
		}
		if !looksUp {
			continue
		}
		rows := Rows{Count: pl.p.Tensors[k.Arg].Shape.Size(), Columns: 1, data: k.Arg}
		at := slices.Index(pl.plan.Rows, rows)
		if at < 0 {
			at = len(pl.plan.Rows)
			pl.plan.Rows = append(pl.plan.Rows, rows)
		}
		pl.plan.selected[i] = at
	}
}

func (forest) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.Forest)
	x := pl.p.Tensors[k.Arg]
	np := &pl.plan.Nodes[pl.node]
	np.Form = "paths"
	np.Constraints = pl.wires(k.Arg)
	pl.derived[n.Out] = true
	compared := map[[2]int64]bool{}
	for t := range k.Roots {
		for _, l := range levels(k, t) {
			light := len(l.apart) + len(l.columns)
			if l.free {
				light--
			}
			lookups := 0
			switch len(l.features) {
			case 1:
			case 2:
				light++
			default:
				lookups = 2
			}
			if key := [2]int64{k.Feature[l.nodes[0]], k.Threshold[l.nodes[0]]}; !l.alike || !compared[key] {
				compared[key] = compared[key] || l.alike
				light += 2
				lookups += pl.nonnegative(x.Range.Span())
				np.Elements += x.Shape[0]
			}
			np.Light += x.Shape[0] * light
			np.Constraints += x.Shape[0] * (light + lookups)
		}
	}
}

func (forest) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Forest)
	x, err := c.narrow(k.Arg)
	if err != nil {
		return nil, err
	}
	p := &paths{walk: c, k: k, x: x, of: c.program.Tensors[k.Arg], compared: map[[3]int64]gadget.Wire{}}
	y := &derived{n: c.program.Tensors[n.Out].Shape.Size(), values: c.values(n.Out)}
	var sums []sum
	for p.row = range p.of.Shape[0] {
		for t := range k.Roots {
			sums = append(sums, p.tree(t)...)
		}
	}
	if !c.s.Tracing() {
		y.make = func(i int) frontend.Variable { return c.s.Combine(sums[i].constant, sums[i].coefs, sums[i].wires...).V }
	}
	return y, nil
}
