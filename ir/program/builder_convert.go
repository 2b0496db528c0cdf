package program

import (
	"math"

	"assay/ir/tensor"
)

// Convert applies f, whose values are integers, to each element, over the observed interval of x; beyond it the
// result saturates. Reals are rounded to the next finer fraction, at least wholeFraction where the interval allows,
// before f sees them, so that one that barely misses an integer counts as that. The result has scale 1.
func (b *Builder) Convert(x *Value, f func(float64) float64) (*Value, error) {
	r, err := b.interval(x)
	if err != nil {
		return nil, err
	}
	if b.integral(x) {
		return b.MapWhole(x, int64(math.Floor(r.Min)), int64(math.Ceil(r.Max)), func(i int64) int64 { return int64(f(float64(i))) })
	}
	parts := wholeFraction
	for parts > 1 && (r.Max-r.Min)*parts > maxTable/4 {
		parts /= 2
	}
	scaled, err := b.Affine(x, tensor.Scalar(parts), nil)
	if err != nil {
		return nil, err
	}
	return b.MapWhole(scaled, int64(math.Floor(r.Min*parts)), int64(math.Ceil(r.Max*parts)), func(i int64) int64 { return int64(f(float64(i) / parts)) })
}

// wholeFraction is the number of parts of one that Convert tells apart.
const wholeFraction = 64.0
