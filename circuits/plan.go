package circuits

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"sort"

	"assay/ir/program"
)

// Plan is what a planner chose for a program: the widths of the shared tables and the form of each lookup.
// It is a function of the program alone.
type Plan struct {
	Weights    Weights    // that it is the best for
	RangeWidth uint       // bits of the wide range table
	Exact      []uint     // bits of further range tables
	Functions  []Function // function tables, in order of first use
	Rows       []Rows     // tables of rows to select from
	Nodes      []NodePlan // one a program node
	Ranges     []uint     // bits of the range tables that something uses
	Inputs     int        // constraints for the inputs' ranges
	Statement  int        // constraints of the statement and the challenges

	function map[int]int // node -> index in Functions
	fused    map[int]int // max node -> the lookup node that absorbs it
	absorbs  map[int]int // lookup node -> the max node
	selected map[int]int // select node -> index in Rows
}

// Function is one table of pairs shared by all lookups of the same function. Rows and results are counted from the
// first of the function's own table (see origin), so that functions that differ by where they begin share a table: all
// roundings to the same number of levels, and a Relu to as many.
type Function struct {
	Low, High int64 // rows
	Lookups   int   // of all nodes
	Packed    bool  // index and result are looked up as one integer
	core      *program.Lookup
}

// origin is the index and the result from which rows and results of k's table are counted: those of its first entry.
// Where halves round to even it is zero, since the parity of the index is in the row.
func origin(k *program.Lookup) (index, result int64) {
	if k.Even {
		return 0, 0
	}
	return k.Low, k.Table[0]
}

// Rows is the number of rows.
func (f Function) Rows() int { return int(f.High - f.Low + 1) }

// joined is the number of columns that a challenge joins to the index.
func (f Function) joined() int {
	switch {
	case f.Packed:
		return 0
	case f.core.Even:
		return 2
	}
	return 1
}

// columns are what the rows hold beside their index: the result and, where halves round to even, the parity of the
// index.
func (f Function) columns() [][]int64 {
	index, result := origin(f.core)
	cs := [][]int64{make([]int64, f.Rows())}
	if f.core.Even {
		cs = append(cs, make([]int64, f.Rows()))
	}
	for i := range cs[0] {
		h := f.Low + int64(i)
		cs[0][i] = f.core.At(h+index) - result
		if f.core.Even {
			cs[1][i] = h & 1
		}
	}
	return cs
}

// NodePlan is the cost of one node.
type NodePlan struct {
	Kind        string
	Form        string // how the node is proven
	Elements    int    // elements that enter a non-linear operator
	Constraints int    // estimated, without shared tables
	Light       int    // those of them that make no full-size wire
	Parts       int    // advice for parts of wires that one lookup cannot bound
}

// use is one lookup node's demand on a function table.
type use struct {
	node      int
	count     int
	low, high int64 // derived range of the index
	span      int64 // of the result
	core      *program.Lookup
}

type planner struct {
	p     *program.Program
	plan  *Plan
	uses  map[[32]byte][]use
	order [][32]byte
	node  int

	users   []int // per tensor: number of nodes that read it
	ids     map[*program.Lookup][32]byte
	counted map[*program.Max][2]int // members of windows, and products that they need
	lefts   map[[2]int]*leftFactor  // by tensor and rows of a matrix

	derived map[int]bool // tensors that are combinations, as the walk's elements are
	ranges  map[uint]bool
	raised  map[int]bool // powers of the challenge V that some matrix product uses
}

// newPlanner decides what does not depend on the width of the range table.
func newPlanner(p *program.Program) *planner {
	pl := &planner{p: p, users: make([]int, len(p.Tensors)), ids: map[*program.Lookup][32]byte{}, counted: map[*program.Max][2]int{}, lefts: map[[2]int]*leftFactor{},
		plan: &Plan{fused: map[int]int{}, absorbs: map[int]int{}, selected: map[int]int{}}}
	producer := map[int]int{}
	for i, n := range p.Nodes {
		producer[n.Out] = i
		for _, a := range n.Kernel.Args() {
			pl.users[a]++
		}
	}
	for _, o := range p.Outputs {
		pl.users[o]++
	}
	for i, n := range p.Nodes {
		if l, ok := n.Kernel.(*program.Lookup); ok && !l.Even {
			if j, ok := producer[l.Arg]; ok && pl.users[l.Arg] == 1 {
				if _, ok := p.Nodes[j].Kernel.(*program.Max); ok {
					pl.plan.fused[j], pl.plan.absorbs[i] = i, j
				}
			}
		}
	}
	pl.selections()
	pl.forests()
	return pl
}

// at plans for a range table of the given width. parts says that results which one lookup cannot bound may be packed.
func (pl planner) at(width uint, w Weights, parts bool) (*Plan, error) {
	p, plan := pl.p, *pl.plan
	plan.Weights, plan.RangeWidth, plan.Nodes, plan.function = w, width, make([]NodePlan, len(p.Nodes)), map[int]int{}
	pl.plan, pl.uses, pl.derived, pl.ranges, pl.raised = &plan, map[[32]byte][]use{}, map[int]bool{}, map[uint]bool{}, map[int]bool{}
	pl.inputs()
	for i, n := range p.Nodes {
		k, err := kernelOf(n)
		if err != nil {
			return nil, err
		}
		pl.node = i
		pl.plan.Nodes[i].Kind = n.Kernel.Kind()
		k.demand(&pl, n)
	}
	for _, id := range pl.order {
		pl.assign(pl.uses[id])
	}
	for i, id := range pl.order {
		f := &pl.plan.Functions[i]
		if f.Packed = pl.packs(*f, pl.uses[id], parts); f.Packed {
			pl.ranges[width] = true
			for _, u := range pl.uses[id] {
				more := u.count * (pl.limbs(u.span) - 1)
				pl.plan.Nodes[u.node].Constraints += more
				pl.plan.Nodes[u.node].Parts += more
			}
		}
	}
	for i, n := range p.Nodes {
		np := &pl.plan.Nodes[i]
		if _, ok := pl.plan.function[i]; ok && np.Form == "" {
			return nil, fmt.Errorf("plan: node %d (%s) has no form", i, n.Kernel.Kind())
		}
	}
	pl.plan.Ranges = slices.Sorted(maps.Keys(pl.ranges))
	return pl.plan, nil
}

// exact reports whether there is a table of the integers of b bits.
func (pl *planner) exact(b uint) bool {
	return b == pl.plan.RangeWidth || slices.Contains(pl.plan.Exact, b)
}

// wants records that the node being planned makes count lookups of l, whose index lies in [low, high].
func (pl *planner) wants(l *program.Lookup, count int, low, high int64) {
	id, ok := pl.ids[l]
	if !ok {
		id = functionID(l)
		pl.ids[l] = id
	}
	if pl.uses[id] == nil {
		pl.order = append(pl.order, id)
	}
	index, _ := origin(l)
	span := pl.p.Tensors[pl.p.Nodes[pl.node].Out].Range.Span()
	pl.uses[id] = append(pl.uses[id], use{pl.node, count, low - index, high - index, span, l})
}

// functionID is the same for lookups of the same function.
func functionID(l *program.Lookup) [32]byte {
	index, result := origin(l)
	b := make([]byte, 0, 8*(len(l.Table)+2))
	if l.Even {
		b = append(b, 1)
	}
	b = binary.LittleEndian.AppendUint64(b, uint64(l.Low-index))
	for _, y := range l.Table {
		b = binary.LittleEndian.AppendUint64(b, uint64(y-result))
	}
	return sha256.Sum256(b)
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

// assign chooses how far the rows of one function's table reach: a lookup whose index always falls on a row
// needs no clamp.
func (pl *planner) assign(uses []use) {
	core := uses[0].core
	sort.SliceStable(uses, func(i, j int) bool { return uses[i].high-uses[i].low < uses[j].high-uses[j].low })
	best, bestLow, bestHigh := -1.0, int64(0), int64(0)
	each := pl.plan.Weights.Domain + pl.plan.Weights.Lookup
	index, _ := origin(core)
	low, high := core.Low-index, core.High()-index
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
				cost += float64(products)*(pl.plan.Weights.Domain+pl.plan.Weights.Advice) + float64(lookups)*each + float64(lookups-u.count)*pl.plan.Weights.Advice
			}
		}
		if best < 0 || cost < best {
			best, bestLow, bestHigh = cost, low, high
		}
	}
	f := len(pl.plan.Functions)
	pl.plan.Functions = append(pl.plan.Functions, Function{Low: bestLow, High: bestHigh, core: core})
	for _, u := range uses {
		pl.plan.Functions[f].Lookups += u.count
		pl.plan.function[u.node] = f
		np := &pl.plan.Nodes[u.node]
		if u.low < bestLow || u.high > bestHigh {
			np.Form = "clamped table"
			pl.ranges[pl.plan.RangeWidth] = true
			products, lookups := pl.clamp(u, bestLow, bestHigh)
			np.Constraints += products + lookups
			np.Light += products
			np.Parts += products + lookups - u.count
		} else {
			np.Form = "table"
		}
	}
}

// clamped reports whether lookups of the node clamp before the table.
func (p *Plan) clamped(node int) bool { return p.Nodes[node].Form == "clamped table" }

// Nonlinear is the number of elements that enter a non-linear operator.
func (p *Plan) Nonlinear() int {
	n := 0
	for _, np := range p.Nodes {
		n += np.Elements
	}
	return n
}

// Tables is the number of table rows, each a constraint.
func (p *Plan) Tables() int {
	n := 0
	for _, f := range p.Functions {
		n += f.Rows()
	}
	for _, r := range p.Rows {
		n += r.constraints()
	}
	for _, b := range p.Ranges {
		n += 1 << b
	}
	return n
}

// tables is the number of tables.
func (p *Plan) tables() int { return len(p.Functions) + len(p.Rows) + len(p.Ranges) }

// Constraints is the estimate for the whole circuit. It is exact but for constants: trailing public values that no
// input changes cost one less each.
func (p *Plan) Constraints() int {
	n := p.Tables() + p.Inputs + p.Statement
	for _, np := range p.Nodes {
		n += np.Constraints
	}
	return n
}
