package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("ScatterND", 11, func(a *Attrs) (graph.Op, error) { return decodeScatterND(a, nil) })
	register("ScatterND", 16, func(a *Attrs) (graph.Op, error) { return decodeScatterND(a, []string{"none", "add", "mul"}) })
	register("ScatterND", 18, func(a *Attrs) (graph.Op, error) {
		return decodeScatterND(a, []string{"none", "add", "mul", "min", "max"})
	})
}

// ScatterND (ONNX 11, 13; 16 and 18 with reductions): each row of the updates goes to the row of the data that a list
// of the indices, which must be constant, names.
func decodeScatterND(a *Attrs, reductions []string) (graph.Op, error) {
	return newScatter(a, reductions, func(s tensor.Shape, at *tensor.Float, updates tensor.Shape) ([]int, error) {
		p, want, err := gatherND{}.shape(s, at.Shape)
		if err != nil {
			return nil, err
		}
		if !updates.Equal(want) {
			return nil, fmt.Errorf("want updates of shape %v, got %v", want, updates)
		}
		rows, err := p.at(at)
		if err != nil {
			return nil, err
		}
		return p.elements(rows), nil
	})
}
