package gadget

import "math/bits"

// Ranges proves that wires are integers in an interval, over tables that all of a circuit shares: a wide one
// for most checks and exact ones where a plan asks for them.
type Ranges struct {
	s      *Synth
	width  uint // of the wide table
	tables map[uint]*Table
	exact  map[uint]bool
}

// NewRanges plans for a wide table of 2^width rows and exact tables of 2^b rows for each b in exact. Tables
// that nothing uses are not made.
func (s *Synth) NewRanges(width uint, exact ...uint) *Ranges {
	r := &Ranges{s: s, width: width, tables: map[uint]*Table{}, exact: map[uint]bool{width: true}}
	for _, b := range exact {
		r.exact[b] = true
	}
	return r
}

func (r *Ranges) table(b uint) *Table {
	if r.tables[b] == nil {
		r.tables[b] = r.s.NewRange(b)
	}
	return r.tables[b]
}

// Bits proves 0 <= w < 2^b.
//
// Without an exact table and with b below the width, it looks up both w and w*2^(width-b). The first says that
// w is an integer below 2^width; so the second is an integer product, and bounds w.
func (r *Ranges) Bits(w Wire, b uint) {
	switch {
	case b == 0:
		r.s.AssertEqual(r.s.Constant(0), w)
	case r.exact[b]:
		r.table(b).Contains(w)
	case b < r.width:
		r.table(r.width).Contains(w)
		r.Integer(w, b)
	default:
		low, high := r.split(w)
		r.table(r.width).Contains(low)
		r.Bits(high, b-r.width)
	}
}

// Integer proves 0 <= w < 2^b for a wire that is known to be an integer of fewer than 128 bits, in one lookup for
// each width bits of b or part of them. High parts are advice of width bits; what they leave of w is an integer
// again, and the last of it, of k bits, is looked up as its multiple by 2^(width-k).
func (r *Ranges) Integer(w Wire, b uint) {
	for ; b > r.width && !r.exact[b]; b -= r.width {
		high := r.s.Advise([]int64{w.X >> (b - r.width)})[0]
		r.table(r.width).Contains(high)
		w = r.s.Combine(0, []int64{1, -(1 << (b - r.width))}, w, high)
	}
	switch {
	case b == 0:
		r.s.AssertEqual(r.s.Constant(0), w)
	case r.exact[b]:
		r.table(b).Contains(w)
	default:
		r.table(r.width).Contains(r.s.Combine(0, []int64{1 << (r.width - b)}, w))
	}
}

// Nonnegative proves that w is an integer with 0 <= w < 2^n for the least multiple n of the width with
// bound < 2^n. The bound itself is not enforced.
func (r *Ranges) Nonnegative(w Wire, bound int64) {
	if bound < 1<<r.width {
		r.table(r.width).Contains(w)
		return
	}
	low, high := r.split(w)
	r.table(r.width).Contains(low)
	r.Nonnegative(high, bound>>r.width)
}

// UpTo proves 0 <= w <= bound.
func (r *Ranges) UpTo(w Wire, bound int64) {
	b := uint(bits.Len64(uint64(bound)))
	r.Bits(w, b)
	if bound != 1<<b-1 {
		r.Bits(r.s.Combine(bound, []int64{-1}, w), b)
	}
}

// split advises high = w >> width and gives low = w - high*2^width, which the caller bounds.
func (r *Ranges) split(w Wire) (low, high Wire) {
	h := r.s.Advise([]int64{w.X >> r.width})[0]
	return r.s.Combine(0, []int64{1, -(1 << r.width)}, w, h), h
}
