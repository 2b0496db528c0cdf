package circuits

import "assay/ir/program"

// A lookup whose function adds a constant to every index that can be is proven without a table. The result y is advice,
// which tells the index h = y - c:
//
//	lo = x + half - h*2^Shift   is looked up in the range table of 2^Shift,
//	y                           is looked up in the range table, or its parts are.
//
// By the second y is an integer, of at most a few bits more than its range, hence so is h. x and lo are integers too, and
// none of them is near r: so the equation holds of integers, and h = floor((x + half) / 2^Shift). Without the bound on y, a
// fraction would do for any lo.

// rounds reports whether the lookup that is being planned takes this form.
func (pl *planner) rounds(k *program.Lookup) bool {
	if _, pools := pl.plan.absorbs[pl.node]; pools || k.Even {
		return false
	}
	r := pl.p.Tensors[k.Arg].Range
	low, high := k.Index(r.Min), k.Index(r.Max)
	if low < k.Low || high > k.High() || pl.limbs(high-low) > 2 {
		return false
	}
	for h := low; h <= high; h++ {
		if k.At(h)-h != k.At(low)-low {
			return false
		}
	}
	return true
}

// rounding is the cost of walk.rounded.
func (pl *planner) rounding(k *program.Lookup, size int) {
	np, r := &pl.plan.Nodes[pl.node], pl.p.Tensors[k.Arg].Range
	lookups := pl.floor(k) + pl.nonnegative(k.Index(r.Max)-k.Index(r.Min))
	np.Form, np.Elements, np.Constraints = "rounding", size, size*lookups
	np.Light += size * equations(k.Shift)
	np.Parts += size * (lookups - 2)
}

// rounded proves the lookup.
func (c *walk) rounded(k *program.Lookup, out int) elements {
	in, r := c.tensors[k.Arg], c.program.Tensors[k.Arg].Range
	low, high := k.Index(r.Min), k.Index(r.Max)
	least := k.At(low)
	ys := make([]int64, in.len())
	for i, y := range c.values(out) {
		ys[i] = y - least
	}
	y := &narrow{wires: c.s.Advise(ys), offset: least, s: c.s}
	for i, w := range y.wires {
		c.floor(k, in.at(i), c.s.Combine(low, []int64{1}, w))
		c.ranges.Nonnegative(w, high-low)
	}
	return y
}
