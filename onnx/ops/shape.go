package ops

import "assay/ir/graph"

func init() {
	register("Shape", 1, decodeShape1)
	register("Shape", 15, decodeShape)
}

// Shape (ONNX 1, 13): the extents of its input as int64.
func decodeShape1(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	return shapeBetween(a, 0, len(a.In[0].Type.Shape)), nil
}

// Shape (ONNX 15, 19, 21) adds start and end, which count from the end when negative and are held within the rank.
func decodeShape(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	rank := len(a.In[0].Type.Shape)
	bound := func(name string, def int) int {
		v := a.int(name, def)
		if v < 0 {
			v += rank
		}
		return min(max(v, 0), rank)
	}
	from, to := bound("start", 0), bound("end", rank)
	return shapeBetween(a, from, max(from, to)), nil
}

func shapeBetween(a *Attrs, from, to int) graph.Op {
	var data []float64
	for _, d := range a.In[0].Type.Shape[from:to] {
		data = append(data, float64(d))
	}
	return list(shapeType, data)
}
