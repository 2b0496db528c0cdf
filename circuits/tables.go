package circuits

import (
	"fmt"
	"slices"
	"sort"

	"assay/circuits/gadget"
	"assay/ir/program"
)

// use is one lookup node's demand on a function table.
type use struct {
	node      int
	count     int
	low, high int64 // derived range of the index
	span      int64 // of the result
	core      *program.Lookup
	ends      bool // rows may be negative, and stand for several indices
}

// shared is a function's table and the uses that share it.
type shared struct {
	Function
	uses []use
	fold *gadget.Fold
	cost float64 // by the weights, of its rows and of what its uses pay beyond two constraints a lookup
}

// choice is what tables one function has.
type choice struct {
	tables []shared // one, or a fold and one for the uses that reach too far
	flat   shared   // one that is no fold
	saves  float64  // by the weights, over flat
}

// assign chooses the tables of all functions.
func (pl *planner) assign(parts bool) error {
	var choices []choice
	for _, id := range pl.order {
		choices = append(choices, pl.tables(pl.uses[id]))
	}
	choices, err := pl.unite(choices)
	if err != nil {
		return fmt.Errorf("plan: %w", err)
	}
	var all []shared
	for _, c := range choices {
		all = append(all, c.tables...)
	}
	for i := range all {
		pl.demands(all[i], i)
	}
	for _, t := range all {
		if t.Packed = t.Fold > 0 || pl.packs(t.Function, t.uses, parts); t.Packed {
			pl.ranges[pl.plan.RangeWidth] = true
			for _, u := range t.uses {
				more := u.count * (pl.limbs(u.span) - 1)
				pl.plan.Nodes[u.node].Constraints += more
				pl.plan.Nodes[u.node].Parts += more
			}
		}
		pl.plan.Functions = append(pl.plan.Functions, t.Function)
	}
	return nil
}

// demands records what the uses of table number i ask of their nodes.
func (pl *planner) demands(t shared, i int) {
	for _, u := range t.uses {
		pl.plan.function[u.node] = i
		np := &pl.plan.Nodes[u.node]
		switch {
		case t.Fold > 0:
			np.Form = "folded table"
		case u.low < t.Low || u.high > t.High:
			np.Form = "clamped table"
			pl.ranges[pl.plan.RangeWidth] = true
			products, lookups := pl.clamp(u, t.Low, t.High)
			np.Constraints += products + lookups
			np.Light += products
			np.Parts += products + lookups - u.count
		default:
			np.Form = "table"
		}
	}
}

// tables chooses the tables of one function: one for all its uses, or a fold for those that reach the least and one for
// the others.
func (pl *planner) tables(uses []use) choice {
	flat := pl.flat(uses)
	best := choice{tables: []shared{flat}, flat: flat}
	b := uses[0].core.High() - uses[0].core.Low
	sort.SliceStable(uses, func(i, j int) bool { return uses[i].reach(b) < uses[j].reach(b) })
	for n := 1; n <= len(uses); n++ {
		// Uses that reach about as far are not told apart.
		if n < len(uses) && uses[n].reach(b)/5 < uses[n-1].reach(b)/4 {
			continue
		}
		folded, ok := pl.fold(uses[:n])
		if !ok {
			break
		}
		tables, saves := []shared{folded}, flat.cost-folded.cost
		if n < len(uses) {
			others := pl.flat(uses[n:])
			tables, saves = append(tables, others), saves-others.cost
		}
		if saves > best.saves {
			best.tables, best.saves = tables, saves
		}
	}
	return best
}

// clamp is what a lookup pays beyond two constraints when its table has only the rows low to high: a product for each end
// that its index can pass, and lookups that bound how far.
func (pl *planner) clamp(u use, low, high int64) (products, lookups int) {
	if u.high > high {
		products++
	}
	if u.low < low {
		products++
	}
	return products * u.count, pl.limbs(max(u.high-high, low-u.low)) * u.count
}

// packs reports whether index and result of f's lookups may be one integer (see lookup): indices and rows lie close enough,
// and the results fit the range table, which the circuit has anyway, or take lookups of their parts. An index that ends even
// has a third value.
func (pl *planner) packs(f Function, uses []use, parts bool) bool {
	const near = 1 << 38
	if f.core.Even || !pl.ranges[pl.plan.RangeWidth] && !parts {
		return false
	}
	low, high := f.Low, f.High
	for _, u := range uses {
		if low, high = min(low, u.low), max(high, u.high); u.span >= 1<<pl.plan.RangeWidth && !parts {
			return false
		}
	}
	values := f.columns()[0]
	return -near < low && high < near && -1<<20 < slices.Min(values) && slices.Max(values) < 1<<20
}

// maxRows bounds what a function's table is extended to.
const maxRows = 1 << 24

// flat chooses how far the rows of one function's table reach: a lookup whose index always falls on a row
// needs no clamp.
func (pl *planner) flat(uses []use) shared {
	core := uses[0].core
	uses = slices.Clone(uses)
	sort.SliceStable(uses, func(i, j int) bool { return uses[i].high-uses[i].low < uses[j].high-uses[j].low })
	best := shared{uses: uses, cost: -1}
	each := pl.plan.trade.Domain + pl.plan.trade.Lookup
	index, _ := origin(core)
	low, high, lookups := core.Low-index, core.High()-index, 0
	for _, u := range uses {
		lookups += u.count
	}
	for cut := 0; cut <= len(uses); cut++ {
		if cut > 0 {
			low, high = min(low, uses[cut-1].low), max(high, uses[cut-1].high)
			if high-low >= maxRows {
				break
			}
		}
		if core.Even {
			low, high = low-low&1, high+high&1
		}
		cost := float64(high-low+1) * each
		for _, u := range uses {
			if u.low < low || u.high > high {
				products, lookups := pl.clamp(u, low, high)
				cost += float64(products)*(pl.plan.trade.Domain+pl.plan.trade.Advice) + float64(lookups)*each + float64(lookups-u.count)*pl.plan.trade.Advice
			}
		}
		if best.cost < 0 || cost < best.cost {
			best.cost, best.Function = cost, Function{Low: low, High: high, Lookups: lookups, core: core}
		}
	}
	return best
}
