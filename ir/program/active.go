package program

import "math"

// active is the part of the interval in outside of which f is constant, to a quarter of a step of its table's
// result: a table of an exponential over scores that a mask moved to -10,000 spans what its ends do not say. It
// zooms in, a sampled grid at a time, so a change narrower than a 4096th of the interval that returns to where it
// came from may be missed; saturation then gives the value at the end.
func active(f func(float64) float64, in Interval, q quantizer) Interval {
	const samples = 4096
	flat := q.scale / 4
	low, high := f(in.Min), f(in.Max)
	for range 32 {
		d := (in.Max - in.Min) / samples
		if !(d > 0) {
			return in
		}
		a, z := 0, samples
		for a < samples && math.Abs(f(in.Min+float64(a+1)*d)-low) <= flat {
			a++
		}
		if a == samples {
			return in // constant all over
		}
		for z > a+1 && math.Abs(f(in.Min+float64(z-1)*d)-high) <= flat {
			z--
		}
		next := Interval{in.Min + float64(a)*d, in.Min + float64(z)*d}
		if z == samples {
			next.Max = in.Max
		}
		if next.Max-next.Min > (in.Max-in.Min)/2 {
			return next
		}
		in = next
	}
	return in
}
