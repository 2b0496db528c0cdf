package circuits

import (
	"fmt"
	"slices"

	"assay/ir/program"
)

// Widths of the range table. A wider check takes several lookups; a wider table has more rows.
const (
	minRangeWidth = 4
	maxRangeWidth = 16
)

// NewPlan plans p so that a proof costs least by w: it tries every width of the range table, with forms, rows and clamps
// traded by w and by the number of constraints alone, since fewer constraints may halve the domain, and, where a table joins
// columns, with those packed that can be. statement counts the constraints that are the program's in no plan.
func NewPlan(p *program.Program, statement int, w Weights) (*Plan, error) {
	if !w.valid() {
		return nil, fmt.Errorf("plan: weights: want positive numbers of at most %d times that of the domain, got %+v", maxRatio, w)
	}
	var best *Plan
	try := func(pl *planner, width uint, parts bool) (joins bool, err error) {
		plan, err := pl.at(width, parts)
		if err != nil {
			return false, err
		}
		challenges := plan.challenges()
		plan.Weights, plan.Statement = w, statement+len(plan.Shared())+challenges
		if best == nil || plan.price() < best.price() {
			best = plan
		}
		return challenges > 0, nil
	}
	for _, pl := range []*planner{newPlanner(p, w), newPlanner(p, Weights{Domain: 1})} {
		for width := uint(minRangeWidth); width <= maxRangeWidth; width++ {
			joins, err := try(pl, width, false)
			if err == nil && joins {
				_, err = try(pl, width, true)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return best, nil
}

// challenges is the number of constraints that derive challenges: none where no table joins columns, and besides one for
// each power of the challenge that joins the widest.
func (p *Plan) challenges() int {
	columns := 0
	for _, f := range p.Functions {
		columns = max(columns, f.joined())
	}
	for _, r := range p.Rows {
		columns = max(columns, r.Columns)
	}
	if columns == 0 {
		return 0
	}
	return challengeConstraints + columns - 1
}

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
