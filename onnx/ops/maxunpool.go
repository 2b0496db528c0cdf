package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("MaxUnpool", 9, decodeMaxUnpool) }

// maxUnpool (ONNX 9, 11, 22) sends the elements of a pooled tensor back to where a MaxPool found them, among zeros.
type maxUnpool struct {
	to, size               []int // size is that of the result, or nil
	kernel, strides, begin []int
	end                    []int
}

// decodeMaxUnpool reads x, the indices that MaxPool gave and the size of the result. The latter two are constant.
func decodeMaxUnpool(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 3) {
		return nil, nil
	}
	n := len(a.In[0].Type.Shape) - 2
	o := maxUnpool{kernel: a.ints("kernel_shape"), strides: a.ints("strides"), size: a.constInts(2)}
	pads := a.ints("pads")
	if pads == nil {
		pads = make([]int, 2*max(n, 0))
	}
	if o.strides == nil {
		for range n {
			o.strides = append(o.strides, 1)
		}
	}
	if n < 1 || len(o.kernel) != n || len(o.strides) != n || len(pads) != 2*n || o.size != nil && len(o.size) != n+2 {
		a.fail(CodeShape, "a kernel, strides and padding for each spatial axis", fmt.Sprintf("kernel %v, strides %v, pads %v, size %v of %v", o.kernel, o.strides, pads, o.size, a.In[0].Type))
		return nil, nil
	}
	o.begin, o.end = pads[:n], pads[n:]
	at := a.constant(1)
	if at == nil {
		return nil, nil
	}
	if !at.Shape.Equal(a.In[0].Type.Shape) {
		a.fail(CodeShape, "an index for each element of "+a.In[0].Type.String(), at.Shape.String())
		return nil, nil
	}
	for _, v := range at.Data {
		o.to = append(o.to, saturate(v))
	}
	return move{mover: o, data: 1}, nil
}

// pooled is the shape that was pooled; the indices count its elements.
func (o maxUnpool) pooled(s tensor.Shape) tensor.Shape {
	full := s.Clone()
	for i := range o.kernel {
		full[i+2] = (s[i+2]-1)*o.strides[i] - o.begin[i] - o.end[i] + o.kernel[i]
	}
	return full
}

func (o maxUnpool) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	full := o.pooled(in[0])
	for i, d := range full {
		if d < 0 || d > tensor.MaxElements || o.size != nil && o.size[i] < d {
			return nil, fmt.Errorf("unpool %v: want a result of at least %v, got %v", in[0], full, o.size)
		}
	}
	if _, err := full.CheckedSize(tensor.MaxElements); err != nil {
		return nil, err
	}
	for _, t := range o.to {
		if t < 0 || t >= full.Size() {
			return nil, fmt.Errorf("unpool %v: index %d is outside of %v", in[0], t, full)
		}
	}
	if o.size != nil {
		full = tensor.Shape(o.size).Clone()
	}
	_, err := full.CheckedSize(tensor.MaxElements)
	return []tensor.Shape{full}, err
}

func (o maxUnpool) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	full := o.pooled(in[0])
	from := make([]int, full.Size())
	for i := range from {
		from[i] = -1
	}
	for i, t := range o.to {
		from[t] = i
	}
	index := make([]int, out.Size())
	for i := range index {
		index[i] = -1
	}
	st := out.Strides()
	walk(full, func(i int, at []int) {
		to := 0
		for a, p := range at {
			to += p * st[a]
		}
		index[to] = from[i]
	})
	return index
}
