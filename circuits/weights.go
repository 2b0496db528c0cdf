package circuits

import (
	"math"
	"math/bits"
)

// Weights are what the parts of a circuit cost its prover, in any unit of time: the planner's cost model. They decide what
// the circuit is, so a bundle keeps those that it was planned by.
type Weights struct {
	Domain float64 `json:"domain"` // a point of the domain, which has the next power of two of the constraints: quotient and transforms
	Lookup float64 `json:"lookup"` // a constraint that makes a full-size wire, as a lookup and a row of a table do
	Advice float64 `json:"advice"` // a small wire
}

// Reference are the weights of the machine of package cost's reference, rounded, in microseconds: whoever compiles a model
// without a calibration of their own gets the same circuit anywhere, and no new measurement changes it by a hair.
var Reference = Weights{Domain: 1, Lookup: 1.6, Advice: 0.1}

// maxRatio bounds a weight by that of the domain: with rows of tables for next to nothing, tables would have no end.
const maxRatio = 1000

func (w Weights) valid() bool {
	return w.Domain > 0 && 0 <= w.Lookup && w.Lookup <= maxRatio*w.Domain && 0 <= w.Advice && w.Advice <= maxRatio*w.Domain
}

// of is what constraints, the full-size wires among what they make, and advice of small wires cost, where the domain takes them in.
func (w Weights) of(constraints, full, advice int) float64 {
	return w.Domain*float64(constraints) + w.Lookup*float64(full) + w.Advice*float64(advice)
}

// Full is the number of constraints that make a full-size wire.
func (p *Plan) Full() int {
	n := p.Constraints()
	for _, np := range p.Nodes {
		n -= np.Light
	}
	if p.Union != nil {
		n -= p.Union.Checks()
	}
	return n
}

// Idle is about how many rows of tables no lookup of a proof meets: their wires are zero, and cost the prover hardly more than
// their place in the domain. Lookups of ranges are taken to spread over the rows, those of a function over the rows that it
// was made for and as many beyond.
func (p *Plan) Idle() int {
	idle := func(rows, lookups int) float64 { return float64(rows) * math.Exp(-float64(lookups)/float64(rows)) }
	n, ranges, left := 0.0, 0, p.Full()-p.Tables()
	for _, f := range p.Functions {
		near := min(f.Rows(), 2*len(f.core.Table))
		n += float64(f.Rows()-near) + idle(near, f.Lookups)
		left -= f.Lookups * (1 + f.joined())
	}
	for _, b := range p.Ranges {
		ranges += 1 << b
	}
	if p.Union != nil {
		n += float64(p.Union.Length() - 1<<p.RangeWidth)
	}
	if ranges > 0 {
		n += idle(ranges, max(left, 0))
	}
	return int(n)
}

// Domain is the size of the domain for n constraints.
func Domain(n int) int { return 1 << bits.Len(uint(max(n, 1)-1)) }

// price is what a proof costs by the plan's weights, but for what all plans of a program share. In a domain what is left
// over is worth something: half of each point's weight goes by the constraints, so that of two plans with one domain the
// smaller wins.
func (p *Plan) price() float64 {
	n := p.Constraints()
	parts := 0
	for _, np := range p.Nodes {
		parts += np.Parts
	}
	w := p.Weights
	return w.Domain/2*float64(Domain(n)+n) + w.Lookup*float64(p.Full()) + w.Advice*float64(parts)
}
