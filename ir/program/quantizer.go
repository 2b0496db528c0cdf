package program

import "math"

// quantizer rounds reals to integers: q = clamp(round(v/scale), low, high).
type quantizer struct {
	scale     float64
	low, high int64
}

// newQuantizer spreads 2^bits levels over the interval.
func newQuantizer(r Interval, bits int) quantizer { return spread(r, int64(1)<<bits) }

// levels is that of an activation.
func (b *Builder) levels() int64 {
	if b.opt.Half {
		return int64(math.Round(math.Exp2(float64(b.opt.Bits) - 0.5)))
	}
	return int64(1) << b.opt.Bits
}

// spread spreads n levels over the interval.
func spread(r Interval, n int64) quantizer {
	levels := float64(n - 1)
	if magnitude := math.Max(math.Abs(r.Min), math.Abs(r.Max)); !(r.Max-r.Min > magnitude*1e-9) {
		// A single point gets an interval of its own size around it.
		if magnitude == 0 {
			magnitude = 1
		}
		r = Interval{r.Min - magnitude/2, r.Max + magnitude/2}
	}
	s := (r.Max - r.Min) / levels
	if math.Abs(r.Min+r.Max) < s/2 {
		// A symmetric interval has zero in the middle and an odd number of levels.
		high := int64(levels) / 2
		return quantizer{r.Max / float64(high), -high, high}
	}
	low := int64(math.Round(r.Min / s))
	return quantizer{s, low, low + int64(levels)}
}

// dyadic is q with a power of two as its scale, at least that of q, so that integers and their halves are exact. Its
// interval holds that of q.
func (q quantizer) dyadic() quantizer {
	scale := math.Ldexp(1, int(math.Ceil(math.Log2(q.scale))))
	f := q.scale / scale
	return quantizer{scale, int64(math.Floor(float64(q.low) * f)), int64(math.Ceil(float64(q.high) * f))}
}

// rescale covers the interval of q with levels of another scale. Their number is a multiple of a quarter of that of q,
// so that functions of few numbers of levels share tables; what that adds lies at both ends, but for zero as an end.
func (q quantizer) rescale(scale float64) quantizer {
	f := q.scale / scale
	r := quantizer{scale, int64(math.Round(float64(q.low) * f)), int64(math.Round(float64(q.high) * f))}
	quarter, n := max((q.high-q.low+1)/4, 1), r.high-r.low+1
	more := (n+quarter-1)/quarter*quarter - n
	switch {
	case r.low == 0:
		r.high += more
	case r.high == 0:
		r.low -= more
	default:
		r.low, r.high = r.low-more/2, r.high+more-more/2
	}
	return r
}

func (q quantizer) quantize(v float64) int64 {
	x := math.Round(v / q.scale)
	if !(x > float64(q.low)) {
		return q.low
	}
	if x >= float64(q.high) {
		return q.high
	}
	return int64(x)
}
