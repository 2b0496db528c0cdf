package peer

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

// Output is one output of a model on the measured input.
type Output struct {
	Name  string       `json:"name"`
	Shape tensor.Shape `json:"shape"`
	Data  []float64    `json:"data"`
}

// Error is how far an answer is from the float model's.
type Error struct {
	Abs  float64  `json:"max_abs"`             // of an element of any output
	Rel  float64  `json:"max_rel"`             // that, over the largest magnitude of the same output
	Top1 *float64 `json:"same_top1,omitempty"` // share of rows, along the last axis, whose largest element is the same one
}

// errorOf compares outputs in the same order.
func errorOf(want []Output, got [][]float64) (*Error, error) {
	if len(want) != len(got) {
		return nil, fmt.Errorf("compare outputs: want %d, got %d", len(want), len(got))
	}
	e := &Error{}
	rows, same := 0, 0
	for i, w := range want {
		if len(got[i]) != len(w.Data) {
			return nil, fmt.Errorf("compare output %s: want %d elements, got %d", w.Name, len(w.Data), len(got[i]))
		}
		var far, large float64
		for j, x := range w.Data {
			d := math.Abs(got[i][j] - x)
			if math.IsNaN(d) {
				return nil, fmt.Errorf("compare output %s: element %d is %g, want %g", w.Name, j, got[i][j], x)
			}
			far, large = max(far, d), max(large, math.Abs(x))
		}
		e.Abs = max(e.Abs, far)
		if far > 0 {
			e.Rel = max(e.Rel, far/max(large, math.SmallestNonzeroFloat32))
		}
		width := 0
		if n := len(w.Shape); n > 0 {
			width = w.Shape[n-1]
		}
		for at := 0; width > 1 && at+width <= len(w.Data); at += width {
			rows++
			if largest(w.Data[at:at+width]) == largest(got[i][at:at+width]) {
				same++
			}
		}
	}
	if rows > 0 {
		share := float64(same) / float64(rows)
		e.Top1 = &share
	}
	return e, nil
}

// largest is the index of the first largest element.
func largest(v []float64) int {
	best := 0
	for i, x := range v {
		if x > v[best] {
			best = i
		}
	}
	return best
}
