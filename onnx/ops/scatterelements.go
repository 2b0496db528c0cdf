package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Scatter", 9, func(a *Attrs) (graph.Op, error) { return decodeScatterElements(a, nil) })
	register("ScatterElements", 11, func(a *Attrs) (graph.Op, error) { return decodeScatterElements(a, nil) })
	register("ScatterElements", 16, func(a *Attrs) (graph.Op, error) {
		return decodeScatterElements(a, []string{"none", "add", "mul"})
	})
	register("ScatterElements", 18, func(a *Attrs) (graph.Op, error) {
		return decodeScatterElements(a, []string{"none", "add", "mul", "min", "max"})
	})
}

// ScatterElements (ONNX 11, 13; 16 and 18 with reductions) and Scatter (9, 11): each update goes to the position that
// its index, which must be constant, gives along axis, and to its own along the others.
func decodeScatterElements(a *Attrs, reductions []string) (graph.Op, error) {
	o := gatherElements{a.int("axis", 0)}
	return newScatter(a, reductions, func(s tensor.Shape, at *tensor.Float, updates tensor.Shape) ([]int, error) {
		if !at.Shape.Equal(updates) {
			return nil, fmt.Errorf("want updates of shape %v as the indices, got %v", at.Shape, updates)
		}
		return o.index(s, at)
	})
}
