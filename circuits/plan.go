package circuits

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"assay/circuits/gadget"
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
	Union      *gadget.Union
	Inputs     int // constraints for the inputs' ranges
	Statement  int // constraints of the statement and the challenges

	trade    Weights     // by which forms and tables were traded, which find fewer constraints too where that halves the domain
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
	Fold      int   // 1 and more where it is a fold of the union: its number there, from 1; else 0
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

// Rows is the number of rows; of a fold, those of its core.
func (f Function) Rows() int {
	if f.Fold > 0 {
		return int(f.High)
	}
	return int(f.High - f.Low + 1)
}

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

// newPlanner decides what does not depend on the width of the range table, trading by w.
func newPlanner(p *program.Program, w Weights) *planner {
	pl := &planner{p: p, users: make([]int, len(p.Tensors)), ids: map[*program.Lookup][32]byte{}, counted: map[*program.Max][2]int{}, lefts: map[[2]int]*leftFactor{},
		plan: &Plan{trade: w, fused: map[int]int{}, absorbs: map[int]int{}, selected: map[int]int{}}}
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
func (pl planner) at(width uint, parts bool) (*Plan, error) {
	p, plan := pl.p, *pl.plan
	plan.RangeWidth, plan.Nodes, plan.function = width, make([]NodePlan, len(p.Nodes)), map[int]int{}
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
	if err := pl.assign(parts); err != nil {
		return nil, err
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
	_, ends := pl.p.Nodes[pl.node].Kernel.(*program.Lookup)
	pl.uses[id] = append(pl.uses[id], use{pl.node, count, low - index, high - index, span, l, ends})
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

// Tables is the number of constraints of the shared tables.
func (p *Plan) Tables() int {
	n := 0
	for _, t := range p.Shared() {
		n += t.Constraints
	}
	return n
}

// Constraints is the estimate for the whole circuit. It is exact but for constants: trailing public values that no
// input changes cost one less each.
func (p *Plan) Constraints() int {
	n := p.Tables() + p.Inputs + p.Statement
	for _, np := range p.Nodes {
		n += np.Constraints
	}
	return n
}
