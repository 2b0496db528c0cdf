package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("TensorScatter", 24, decodeTensorScatter) }

// tensorScatter (ONNX 24) writes an update over a cache along an axis, from a constant position for each element of the
// first axis on; circular positions wrap around.
type tensorScatter struct {
	axis     int
	at       []int // 0 each if nil
	circular bool
}

// decodeTensorScatter reads past cache, update and write indices.
func decodeTensorScatter(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 3) {
		return nil, nil
	}
	o := tensorScatter{axis: a.int("axis", -2), at: a.constInts(2)}
	switch mode := a.string("mode", "linear"); mode {
	case "linear":
	case "circular":
		o.circular = true
	default:
		a.refuse("mode", "linear or circular", mode)
	}
	return move{mover: o, data: 2}, nil
}

func (o tensorScatter) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	cache, update := in[0], in[1]
	axis, err := tensor.Axis(o.axis, len(cache))
	if err != nil {
		return nil, err
	}
	if axis == 0 || len(update) != len(cache) || update[axis] > cache[axis] {
		return nil, fmt.Errorf("scatter %v to %v along axis %d: want another axis than the first, and at most as many elements", update, cache, axis)
	}
	for i := range cache {
		if i != axis && cache[i] != update[i] {
			return nil, fmt.Errorf("scatter %v to %v along axis %d: want equal extents elsewhere", update, cache, axis)
		}
	}
	if o.at != nil && len(o.at) != cache[0] {
		return nil, fmt.Errorf("scatter to %v: want %d positions, got %d", cache, cache[0], len(o.at))
	}
	for _, p := range o.at {
		if p < 0 || !o.circular && p+update[axis] > cache[axis] || p > tensor.MaxElements {
			return nil, fmt.Errorf("scatter %v to %v along axis %d: position %d is outside", update, cache, axis, p)
		}
	}
	return []tensor.Shape{cache}, nil
}

func (o tensorScatter) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	axis, _ := tensor.Axis(o.axis, len(out))
	index := make([]int, out.Size())
	for i := range index {
		index[i] = i
	}
	st := out.Strides()
	walk(in[1], func(i int, at []int) {
		to := 0
		for a, p := range at {
			if a == axis {
				if o.at != nil {
					p += o.at[at[0]]
				}
				p %= out[a]
			}
			to += p * st[a]
		}
		index[to] = out.Size() + i
	})
	return index
}
