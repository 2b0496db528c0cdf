package circuits

import (
	"slices"

	"assay/ir/program"
)

// Widths of the range table. A wider check takes several lookups; a wider table has more rows.
const (
	minRangeWidth = 4
	maxRangeWidth = 16
)

// NewPlan plans p, with the range table for which all kernels together have the fewest constraints.
func NewPlan(p *program.Program) (*Plan, error) {
	pl := newPlanner(p)
	var best *Plan
	for w := uint(minRangeWidth); w <= maxRangeWidth; w++ {
		plan, err := pl.at(w)
		if err != nil {
			return nil, err
		}
		if best == nil || plan.total() < best.total() {
			best = plan
		}
	}
	return best, nil
}

// total is what depends on the plan.
func (p *Plan) total() int { return p.Constraints() + p.tables() }

// inputs counts the range checks of the inputs. Inputs of fewer bits than the range table get a table of their own
// where it saves more lookups than it has rows.
func (pl *planner) inputs() {
	saved := map[uint]int{}
	for _, id := range pl.p.Inputs {
		t := pl.p.Tensors[id]
		if b := bitsOf(t.Range.Span()); 0 < b && b < pl.plan.RangeWidth {
			saved[b] += t.Shape.Size() * pl.upTo(t.Range.Span()) / 2
		}
	}
	clear(pl.ranges)
	for b, n := range saved {
		if n > 1<<b+1 {
			pl.plan.Exact = append(pl.plan.Exact, b)
		}
	}
	slices.Sort(pl.plan.Exact)
	for _, id := range pl.p.Inputs {
		t := pl.p.Tensors[id]
		pl.plan.Inputs += t.Shape.Size() * pl.upTo(t.Range.Span())
	}
}
