package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Reshape", 1, decodeReshape1)
	register("Reshape", 5, decodeReshape)
}

// Reshape (ONNX 1): the target shape is an attribute.
func decodeReshape1(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	a.ignore("consumed_inputs")
	want := a.ints("shape")
	return relabel{func(in tensor.Shape) (tensor.Shape, error) { return reshape(in, want, false) }}, nil
}

// Reshape (ONNX 5, 13, 14, 19, 21): the target shape must be a constant. An extent of 0 copies the input's,
// unless allowzero (since 14) is set; one extent of -1 is inferred.
func decodeReshape(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	want := a.constInts(1)
	zero := a.flag("allowzero", false)
	if zero && a.Opset < 14 {
		a.refuse("allowzero", "absent before opset 14", zero)
	}
	return relabel{func(in tensor.Shape) (tensor.Shape, error) { return reshape(in, want, zero) }}, nil
}

func reshape(in tensor.Shape, want []int, zero bool) (tensor.Shape, error) {
	out := make(tensor.Shape, len(want))
	infer := -1
	for i, d := range want {
		switch {
		case d == 0 && !zero:
			if i >= len(in) {
				return nil, fmt.Errorf("reshape %v to %v: axis %d has no extent to copy", in, want, i)
			}
			out[i] = in[i]
		case d == -1 && infer < 0:
			infer, out[i] = i, 1
		case d < 0:
			return nil, fmt.Errorf("reshape %v to %v: want extents >= 0 and at most one -1", in, want)
		default:
			out[i] = d
		}
	}
	n, err := out.CheckedSize(tensor.MaxElements)
	if err != nil {
		return nil, err
	}
	if infer >= 0 {
		if n == 0 || in.Size()%n != 0 {
			return nil, fmt.Errorf("reshape %v to %v: %d elements do not divide by %d", in, want, in.Size(), n)
		}
		out[infer] = in.Size() / n
		n *= out[infer]
	}
	if n != in.Size() {
		return nil, fmt.Errorf("reshape %v to %v: want %d elements, got %d", in, want, in.Size(), n)
	}
	return out, nil
}
