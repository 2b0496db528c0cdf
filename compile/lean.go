package compile

import (
	"math"
	"math/bits"
)

const (
	leanLeast, leanMost = 1 << 14, 200_000 // constraints between which rows of tables are worth a coarser grain
	leanGain            = 0.08             // of the constraints, that fewer bits must save
	coarseGain          = 0.01             // that coarser weights must save
	leanCosine          = 0.9997           // that it must keep
	leanErrors          = 3                // standard errors by which the relative error must be below what is sought
	leanAbove           = 0.03             // of a domain, by which constraints exceed it and a coarser grain may be worth it
)

// lean takes coarser grains than that of first while they save constraints, as they do where tables are much of a
// circuit, and the answers stay closer to the model's than what is sought.
func (s *searcher) lean(first *trial) (*trial, error) {
	if first.cost < leanLeast || s.m.opt.TensorBits != nil {
		return first, nil
	}
	if first.cost > leanMost {
		return s.smaller(first)
	}
	best := first
	for g := first.grain.coarser(); g.bits >= leastBits && s.left > 0; g = g.coarser() {
		t, err := s.try(g, nil)
		if err != nil {
			return nil, err
		}
		if !s.comfortable(t, first) {
			break
		}
		gain := leanGain
		if t.bits == best.bits && t.half == best.half {
			gain = coarseGain
		}
		if float64(t.cost) <= (1-gain)*float64(best.cost) {
			best = t
		} else if g.bits < first.bits {
			break
		}
	}
	return best, nil
}

// smaller takes the first grain, of up to a bit less than that of first, by which constraints fit the domain that they exceed by
// little: a prover works in a domain of a power of two.
func (s *searcher) smaller(first *trial) (*trial, error) {
	if float64(first.cost) > (1+leanAbove)*math.Exp2(float64(domain(first.cost)-1)) {
		return first, nil
	}
	for g := first.grain.coarser(); g.bits >= first.bits-1 && s.left > 0; g = g.coarser() {
		t, err := s.try(g, nil)
		if err != nil {
			return nil, err
		}
		if !s.comfortable(t, first) {
			break
		}
		if domain(t.cost) < domain(first.cost) {
			return t, nil
		}
	}
	return first, nil
}

// domain is the power of two that holds n constraints.
func domain(n int) int { return bits.Len(uint(n - 1)) }

// comfortable reports whether a trial is accurate with room to spare, and agrees with the model as often as first.
func (s *searcher) comfortable(t, first *trial) bool {
	p := t.low.program
	for i, o := range t.seen.Outputs {
		limit := leanRelative(t.seen.Samples * p.Tensors[p.Outputs[i]].Shape.Size())
		if o.Cosine < leanCosine || o.Measure == "cosine" && o.Relative > limit || o.Measure != "cosine" && o.Accuracy < first.seen.Outputs[i].Accuracy {
			return false
		}
	}
	return true
}

// leanRelative is the relative error that is close enough where it was measured on n elements: a root of a mean square of
// n errors has a relative standard error of about the root of 1/2n.
func leanRelative(n int) float64 {
	return soughtRelative / (1 + leanErrors/math.Sqrt(2*float64(n)))
}
