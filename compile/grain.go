package compile

import "fmt"

// grain is how coarsely the tensors of a program are rounded, those aside that have bits of their own.
type grain struct {
	bits   int  // of an activation
	half   bool // half a bit less
	coarse bool // weights round away one bit less of a sum, which may add as much noise as twice that
}

// coarser is the next grain that takes fewer rows of tables: of the range table first, then half a bit at a time.
func (g grain) coarser() grain {
	switch {
	case !g.coarse:
		g.coarse = true
	case g.half:
		g.bits, g.half = g.bits-1, false
	default:
		g.half = true
	}
	return g
}

// apply makes the options those of the grain.
func (g grain) apply(o Options, fixed bool) Options {
	o.Bits, o.half = g.bits, g.half
	if g.coarse && !fixed {
		o.Shift, o.noise = max(leastShift, o.Shift-1), coarseNoise
	}
	return o
}

const (
	leastShift  = 4
	coarseNoise = 0.6 // of rounded weights, in steps of a table
)

// Precision names the bits of an activation.
func (r *Report) Precision() string {
	if r.Half {
		return fmt.Sprintf("%d.5 bits", r.Bits-1)
	}
	return fmt.Sprintf("%d bits", r.Bits)
}
