package suite

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

// What an output of the integer program must keep: integers and truth values are exact; reals have at least this
// cosine with the stored output and at most this relative error, or, of a classifier, the same largest element in
// each row.
const (
	MinCosine = 0.999
	MaxError  = 0.05
)

// floats is how far the float execution may be from stored outputs: absolute, and relative. Those of type bfloat16 were
// rounded to 8 bits, as was each result on the way to them.
const (
	floatAbs      = 1e-4
	floatRel      = 2e-3
	floatRelBrain = 1e-2
)

// near compares the float execution with a stored output of type d.
func near(got, want *tensor.Float, d tensor.DType) error {
	relative := floatRel
	if d == tensor.BFloat16 {
		relative = floatRelBrain
	}
	if !got.Shape.Equal(want.Shape) {
		return fmt.Errorf("want shape %v, got %v", want.Shape, got.Shape)
	}
	for i, w := range want.Data {
		g := got.Data[i]
		if g == w || math.IsNaN(g) && math.IsNaN(w) {
			continue
		}
		if !(math.Abs(g-w) <= floatAbs+relative*math.Abs(w)) {
			return fmt.Errorf("element %d: want %v, got %v", i, w, g)
		}
	}
	return nil
}

// closeness compares reals.
type closeness struct {
	cosine, relative float64
	top1             bool
}

func compare(got, want *tensor.Float) closeness {
	var gg, ww, gw, ee float64
	for i, w := range want.Data {
		g := got.Data[i]
		gg, ww, gw, ee = gg+g*g, ww+w*w, gw+g*w, ee+(g-w)*(g-w)
	}
	c := closeness{top1: sameTop(got, want)}
	switch {
	case ww == 0:
		c.relative = math.Sqrt(ee / float64(max(1, len(want.Data))))
		if c.cosine = 0; c.relative <= 1-MinCosine {
			c.cosine = 1
		}
	case gg == 0:
		c.relative = 1
	default:
		c.cosine, c.relative = gw/math.Sqrt(gg*ww), math.Sqrt(ee/ww)
	}
	return c
}

// sameTop reports whether each row along the last axis has the same largest element.
func sameTop(got, want *tensor.Float) bool {
	n := 1
	if r := len(want.Shape); r > 0 {
		n = max(1, want.Shape[r-1])
	}
	for at := 0; at+n <= len(want.Data); at += n {
		best := 0
		for i := range n {
			if want.Data[at+i] > want.Data[at+best] {
				best = i
			}
		}
		for i := range n {
			if got.Data[at+i] > got.Data[at+best] {
				return false
			}
		}
	}
	return true
}

// exact compares integers and truth values.
func exact(got, want *tensor.Float) error {
	differ, first := 0, -1
	for i, w := range want.Data {
		if math.Abs(got.Data[i]-w) > 1e-9*max(1, math.Abs(w)) { // an integer times a scale of 1, up to rounding of the scale
			if differ++; first < 0 {
				first = i
			}
		}
	}
	if differ > 0 {
		return fmt.Errorf("%d of %d elements differ: element %d: want %v, got %v", differ, len(want.Data), first, want.Data[first], got.Data[first])
	}
	return nil
}
