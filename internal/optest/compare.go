package optest

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

// Near compares a result with what is wanted: equal shapes and |got-want| <= abs + rel*|want| for each element.
// NaN equals NaN, and infinities equal themselves.
func Near(got, want *tensor.Float, abs, rel float64) error {
	if !got.Shape.Equal(want.Shape) {
		return fmt.Errorf("want shape %v, got %v", want.Shape, got.Shape)
	}
	for i, w := range want.Data {
		g := got.Data[i]
		if g == w || math.IsNaN(g) && math.IsNaN(w) {
			continue
		}
		if !(math.Abs(g-w) <= abs+rel*math.Abs(w)) {
			return fmt.Errorf("element %d: want %v, got %v", i, w, g)
		}
	}
	return nil
}
