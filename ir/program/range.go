package program

import "fmt"

// MaxMagnitude bounds every tensor element and every partial sum, so that int64 arithmetic is exact: sums and
// differences of two such numbers do not overflow.
const MaxMagnitude = 1<<62 - 1

// Range is the closed interval of values that a tensor's elements may take.
type Range struct {
	Min int64 `json:"min"`
	Max int64 `json:"max"`
}

// Contains reports whether v lies in the interval.
func (r Range) Contains(v int64) bool { return r.Min <= v && v <= r.Max }

// valid reports whether the interval is not empty and within MaxMagnitude.
func (r Range) valid() bool { return -MaxMagnitude <= r.Min && r.Min <= r.Max && r.Max <= MaxMagnitude }

// Span is Max - Min.
func (r Range) Span() int64 { return r.Max - r.Min }

// MaxAbs is the largest magnitude in the interval.
func (r Range) MaxAbs() int64 { return max(-r.Min, r.Max) }

// Union is the smallest interval that holds both.
func (r Range) Union(o Range) Range { return Range{min(r.Min, o.Min), max(r.Max, o.Max)} }

// String prints the interval as [-3,5].
func (r Range) String() string { return fmt.Sprintf("[%d,%d]", r.Min, r.Max) }
