package program

import "math"

// stair is the function from a sum of integers to an integer of a grid that float32 arithmetic computes: the sum times
// a float32 multiplier, or divided by a scale, rounded to float32, then to an integer, halves to even. It never decreases, so it is its steps:
// the least sum that reaches each integer. A line (slope, offset) in units of 2^-k climbs the stair if rounding it gives
// the same integer for every sum in reach.
//
// Integers count from the zero point.
type stair struct {
	first int64   // integer that step 0 reaches
	steps []int64 // least sum that reaches first+i; those that no sum in reach crosses are left out at either end
	reach int64   // magnitude of sums
	under bool    // the least sum must reach first-1; else what is below that comes to the same
	over  bool    // the greatest sum must not reach the integer after the last step
	odd   int64   // 1 where an integer is odd that is even counted from the zero point, in rounding halves
}

const (
	maxSteps  = 1 << 10 // integers of a grid up to which stairs are climbed
	maxStairs = 1 << 16 // rows of different coefficients up to which they are
)

// newStair tabulates the integers from low to high that sums of at most reach in magnitude come to, which are worth
// about multiplier each and exactly what steps says.
func newStair(steps func(sum int64) float32, multiplier, zero float64, before bool, low, high, reach int64) stair {
	at := func(sum int64) int64 {
		v := steps(sum)
		if before {
			return int64(math.RoundToEven(float64(v+float32(zero))) - zero)
		}
		return int64(math.RoundToEven(float64(v)))
	}
	s := stair{first: low + 1, reach: reach}
	if before {
		s.odd = int64(zero) & 1
	}
	for h := low + 1; h <= high; h++ {
		guess := math.Ceil((float64(h) - 0.5) / multiplier)
		t := int64(math.Max(-float64(reach), math.Min(float64(reach), guess)))
		for t > -reach && at(t-1) >= h {
			t--
		}
		for t < reach && at(t) < h {
			t++
		}
		switch {
		case at(-reach) >= h:
			s.first, s.under = h+1, true
			continue
		case at(t) < h:
			s.over = true
			return s
		}
		s.steps = append(s.steps, t)
	}
	return s
}

// bounds are the offsets with which a slope climbs the stair in units of 2^-k. There are none where low exceeds high.
func (s stair) bounds(slope int64, k int) (low, high int64) {
	low, high = -1<<gridSum, 1<<gridSum
	for i, t := range s.steps {
		reaches := s.reaches(i, k)
		low, high = max(low, reaches-slope*t), min(high, reaches-1-slope*(t-1))
	}
	if s.under {
		low = max(low, s.reaches(-1, k)+slope*s.reach)
	}
	if s.over {
		high = min(high, s.reaches(len(s.steps), k)-1-slope*s.reach)
	}
	return low, high
}

// reaches is half a unit below the integer of step i.
func (s stair) reaches(i, k int) int64 { return (s.first+int64(i))<<k - 1<<k>>1 }

// climb looks for a line near the multiplier that climbs the stair, with halves that round up.
func (s stair) climb(multiplier float64, k int) (slope, offset int64, ok bool) {
	centre := int64(math.Round(math.Ldexp(multiplier, k)))
	width := func(m int64) int64 {
		low, high := s.bounds(m, k)
		return high - low
	}
	slope = centre
	if width(slope) < 0 {
		// The width is concave in the slope.
		low, high := centre-centre>>10-1, centre+centre>>10+1
		for low < high {
			if m := low + (high-low)/2; width(m) < width(m+1) {
				low = m + 1
			} else {
				high = m
			}
		}
		slope = low
	}
	if width(slope) < 0 {
		return 0, 0, false
	}
	least, most := s.bounds(slope, k)
	return slope, max(least, min(most, 0)), true
}

// slacks are those with which the line of the multiplier itself climbs the stair; none where low exceeds high.
func (s stair) slacks(multiplier float64, k int) (low, high int64) {
	slope := int64(math.Round(math.Ldexp(multiplier, k)))
	high = int64(1)<<k>>1 - 1
	isOdd := func(i int) bool { return (s.first+int64(i)+s.odd)&1 == 1 }
	reached := func(i int, sum int64) { // step i is, at the sum
		if over := slope*sum - s.reaches(i, k); isOdd(i) {
			high = min(high, over-1)
		} else {
			low = max(low, -over)
		}
	}
	missed := func(i int, sum int64) { // step i is not, at the sum
		if under := slope*sum - s.reaches(i, k); isOdd(i) {
			low = max(low, under)
		} else {
			high = min(high, -under-1)
		}
	}
	for i, t := range s.steps {
		reached(i, t)
		missed(i, t-1)
	}
	if s.under {
		reached(-1, -s.reach)
	}
	if s.over {
		missed(len(s.steps), s.reach)
	}
	return low, high
}

// climbable are the stairs of a sum: one a block of its one lane, with what the rows of the block add to the sum.
type climbable struct {
	stairs []stair
	lane   *lane
}

// stairs gives the stairs of a sum whose rows are integers times one multiplier. It is nil where there are none, or too
// many, or numbers so large that a step is not found by float64.
func (s *roundedSum) stairs(g Grid) *climbable {
	if len(s.lanes) != 1 || len(g.Zero.Data) != 1 || g.High-g.Low >= maxSteps || s.lanes[0].blocks > maxStairs {
		return nil
	}
	l := s.lanes[0]
	zero := g.Zero.Data[0]
	low, high := g.Low-int64(zero), g.High-int64(zero)
	extra := make([]float64, l.blocks)
	for i, v := range s.bias {
		t, ok := l.multiple(i, v)
		if !ok {
			return nil
		}
		k := l.block(i)
		extra[k] = math.Max(extra[k], math.Abs(float64(t)))
	}
	type key struct{ factor, reach float64 }
	made := map[key]stair{}
	c := &climbable{lane: l}
	for k, f := range l.factors {
		reach := math.Round(l.sums[k] + extra[k])
		if l.uneven[k] || reach >= 1<<40 || f < 0 || f != float64(float32(f)) {
			return nil
		}
		at := key{f, reach}
		st, ok := made[at]
		if !ok {
			if f > 0 {
				st = newStair(s.steps(l, k), f, zero, g.Before, low, high, int64(reach))
			}
			made[at] = st
		}
		c.stairs = append(c.stairs, st)
	}
	return c
}

// steps is what float32 arithmetic makes of a sum of integers in rows of block b: quantized products multiply it by a
// factor, and means are quantized as reals.
func (s *roundedSum) steps(l *lane, b int) func(sum int64) float32 {
	if _, mean := l.m.(*realWindow); mean && s.ratio.quotient != nil {
		unit, at := l.units[b]*l.scale, l.first[b]
		return func(sum int64) float32 { return s.ratio.quotient(float64(sum)*unit, at) }
	}
	f := float32(l.factors[b])
	return func(sum int64) float32 { return float32(sum) * f }
}

// climb sets the lines of all rows in units of 2^-k.
func (c *climbable) climb(k int) bool {
	c.lane.scaleTo(k)
	for b, s := range c.stairs {
		slope, offset, ok := s.climb(c.lane.factors[b], k)
		if !ok {
			return false
		}
		c.lane.slopes[b], c.lane.offsets[b] = float64(slope), offset
	}
	return true
}

// slack finds the least slack with which all rows climb in units of 2^-k.
func (c *climbable) slack(k int) (slack int64, ok bool) {
	high := int64(math.MaxInt64)
	for b, s := range c.stairs {
		l, h := s.slacks(c.lane.factors[b], k)
		slack, high = max(slack, l), min(high, h)
	}
	return slack, slack <= high
}
