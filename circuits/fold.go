package circuits

import (
	"cmp"
	"math/bits"
	"slices"

	"assay/circuits/gadget"
)

// A function that is constant at both ends, as one that saturates is, may be a fold of a union: its ends have the rows of the
// range table, and it pays for those between alone. Then a lookup needs no clamp, however far its index reaches.
//
// What gadget.Union asks for: y is an integer, of at most a few bits more than its range, by its own lookups. lo is one over a
// power of two by its own, hence so is h = (x + half - lo) / 2^Shift. By the union h is an integer then, so lo is one too, and h
// = floor((x + half) / 2^Shift) of the integer x: as x lies in the range that the planner derives, h lies where the planner has
// seen to it that a fold's keys may. Where a maximum is fused with the lookup the same holds of each member's lo, whose index is
// h less a nonnegative integer: h is an integer, and as one of the members has the index h, it lies where theirs do.

// fold is a table of all uses of a function that is a fold of the union, if it can be one.
func (pl *planner) fold(uses []use) (t shared, ok bool) {
	const near, most = 1 << 38, 1 << 20
	core := uses[0].core
	if core.Even || len(core.Table) < 2 {
		return t, false
	}
	w, b := pl.plan.trade, core.High()-core.Low
	each := w.Domain + w.Lookup
	t = shared{Function: Function{High: b - 1, core: core}, uses: uses, fold: &gadget.Fold{Rise: core.Table[b] - core.Table[0], Near: 1}}
	if t.fold.Rise%2 == 0 || t.fold.Rise >= most || -t.fold.Rise >= most {
		return t, false
	}
	for _, u := range uses {
		if !u.ends || u.low <= -near || u.high >= near {
			return t, false
		}
		t.fold.Near, t.fold.Far = int(max(int64(t.fold.Near), 1-u.low)), int(max(int64(t.fold.Far), u.high-b+1))
		t.Lookups += u.count
		t.cost += float64(u.count*(pl.limbs(u.span)-1)) * (each + w.Advice)
	}
	reach := max(t.fold.Near, t.fold.Far)
	if reach > maxRows {
		return t, false
	}
	t.Low, t.fold.Queries = 1-int64(t.fold.Near), t.Lookups
	rows := int(b) - 1 + max(reach-1<<pl.plan.RangeWidth, 0)
	if !pl.ranges[pl.plan.RangeWidth] {
		rows += 1 << pl.plan.RangeWidth
	}
	t.cost += float64(rows) * each
	return t, true
}

// reach is how many rows of the interval a fold needs for the index of a use, where row b is the first of the far end.
func (u use) reach(b int64) int { return int(max(1, 1-u.low, u.high-b+1)) }

// unite takes the folds that save most, as many as a union has room for, and makes the others flat. It gives the choices that
// are left.
func (pl *planner) unite(choices []choice) ([]choice, error) {
	var folded []int
	for i, c := range choices {
		if c.tables[0].fold != nil {
			folded = append(folded, i)
		}
	}
	if len(folded) == 0 {
		return choices, nil
	}
	queries := pl.queries()
	room := gadget.UnionDigits/bits.Len(uint(queries)) - 1
	slices.SortStableFunc(folded, func(i, j int) int { return cmp.Compare(choices[j].saves, choices[i].saves) })
	for _, i := range folded[min(len(folded), room):] {
		choices[i] = choice{tables: []shared{choices[i].flat}}
	}
	var folds []gadget.Fold
	for _, c := range choices {
		if t := &c.tables[0]; t.fold != nil {
			for _, y := range t.core.Table[:len(t.core.Table)-1] {
				t.fold.Column = append(t.fold.Column, y-t.core.Table[0])
			}
			folds = append(folds, *t.fold)
			t.Fold = len(folds)
		}
	}
	var err error
	pl.ranges[pl.plan.RangeWidth] = true
	pl.plan.Union, err = gadget.NewUnion(pl.plan.RangeWidth, queries, folds)
	return choices, err
}

// queries is at least as many as all tables together have.
func (pl *planner) queries() int {
	n := pl.plan.Inputs
	for _, np := range pl.plan.Nodes {
		n += np.Constraints
	}
	for _, uses := range pl.uses {
		for _, u := range uses {
			// Parts of a result, and of a clamp.
			n += u.count * (pl.limbs(u.span) + pl.limbs(max(u.high, 0)+max(-u.low, 0)+int64(len(u.core.Table))))
		}
	}
	return n
}
