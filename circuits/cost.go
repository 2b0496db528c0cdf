package circuits

import "assay/ir/program"

// The methods of this file count the constraints of gadget.Ranges and of the kernels' shared pieces, and record
// which range tables they use.

// bits is the cost of Ranges.Bits.
func (pl *planner) bits(b uint) int {
	w := pl.plan.RangeWidth
	switch {
	case b == 0:
		return 1
	case pl.exact(b):
		pl.ranges[b] = true
		return 1
	case b < w:
		pl.ranges[w] = true
		return 2
	default:
		pl.ranges[w] = true
		return 1 + pl.bits(b-w)
	}
}

// integer is the cost of Ranges.Integer.
func (pl *planner) integer(b uint) int {
	n := 1
	for ; b > pl.plan.RangeWidth && !pl.exact(b); b -= pl.plan.RangeWidth {
		pl.ranges[pl.plan.RangeWidth] = true
		n++
	}
	switch {
	case b == 0:
	case pl.exact(b):
		pl.ranges[b] = true
	default:
		pl.ranges[pl.plan.RangeWidth] = true
	}
	return n
}

// equations is how many of the constraints of Ranges.Integer are no lookups.
func equations(b uint) int {
	if b == 0 {
		return 1
	}
	return 0
}

// upTo is the cost of Ranges.UpTo.
func (pl *planner) upTo(bound int64) int {
	b := bitsOf(bound)
	if bound == 1<<b-1 {
		return pl.bits(b)
	}
	return 2 * pl.bits(b)
}

// nonnegative is the cost of Ranges.Nonnegative.
func (pl *planner) nonnegative(bound int64) int {
	pl.ranges[pl.plan.RangeWidth] = true
	return pl.limbs(bound)
}

// limbs is the number of range lookups that bound a wire.
func (pl *planner) limbs(bound int64) int {
	n := 1
	for bound >>= pl.plan.RangeWidth; bound > 0; bound >>= pl.plan.RangeWidth {
		n++
	}
	return n
}

// floor is the cost of proving one index of a lookup.
func (pl *planner) floor(k *program.Lookup) int {
	if k.Even {
		return 2 * pl.nonnegative(k.Rest())
	}
	return pl.integer(k.Shift)
}

// windows counts the members of all windows of a maximum, and the cost of asserting that one of each is zero.
func (pl *planner) windows(m *program.Max, n int) (members, zero int) {
	if c, ok := pl.counted[m]; ok {
		return c[0], c[1]
	}
	defer func() { pl.counted[m] = [2]int{members, zero} }()
	var buf []int
	for i := range n {
		buf = m.Members(i, buf[:0])
		members += len(buf)
		zero += max(len(buf)-1, 1)
	}
	return members, zero
}
