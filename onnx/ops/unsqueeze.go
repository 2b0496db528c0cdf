package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Unsqueeze", 1, func(a *Attrs) (graph.Op, error) { a.inputs(1, 1); return newUnsqueeze(a, a.ints("axes")) })
	register("Unsqueeze", 13, func(a *Attrs) (graph.Op, error) { a.inputs(2, 2); return newUnsqueeze(a, a.constInts(1)) })
}

// newUnsqueeze (ONNX 1, 11: axes is an attribute; 13, 21: a constant input) inserts axes of extent 1, numbered in
// the result.
func newUnsqueeze(a *Attrs, axes []int) (graph.Op, error) {
	if axes == nil {
		a.refuse("axes", "present", "none")
	}
	return relabel{func(in tensor.Shape) (tensor.Shape, error) {
		added := make([]bool, len(in)+len(axes))
		for _, x := range axes {
			i, err := tensor.Axis(x, len(added))
			if err != nil {
				return nil, err
			}
			if added[i] {
				return nil, fmt.Errorf("unsqueeze %v: axis %d is given twice", in, i)
			}
			added[i] = true
		}
		out := make(tensor.Shape, 0, len(added))
		for _, add := range added {
			if add {
				out = append(out, 1)
			} else {
				out, in = append(out, in[0]), in[1:]
			}
		}
		return out, nil
	}}, nil
}
