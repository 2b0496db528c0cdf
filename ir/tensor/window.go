package tensor

import "fmt"

// Window is the geometry of a sliding window over spatial axes (ONNX Conv, MaxPool, AveragePool).
// Padding is virtual: Visit passes over it. All slices have one entry a spatial axis.
type Window struct {
	Kernel    []int `json:"kernel"`
	Strides   []int `json:"strides"`
	Dilations []int `json:"dilations"`
	Begin     []int `json:"begin"` // padding before each axis
	End       []int `json:"end"`   // padding after each axis
}

// Out is the spatial extent of the result for spatial input extents in.
func (w Window) Out(in []int) ([]int, error) {
	n := len(in)
	for _, s := range [][]int{w.Kernel, w.Strides, w.Dilations, w.Begin, w.End} {
		if len(s) != n {
			return nil, fmt.Errorf("window %v: want %d spatial axes", w, n)
		}
	}
	out := make([]int, n)
	for i := range in {
		if w.Kernel[i] < 1 || w.Strides[i] < 1 || w.Dilations[i] < 1 || w.Begin[i] < 0 || w.End[i] < 0 {
			return nil, fmt.Errorf("window %v: axis %d: want kernel, stride and dilation >= 1 and padding >= 0", w, i)
		}
		for _, v := range []int{in[i], w.Kernel[i], w.Strides[i], w.Dilations[i], w.Begin[i], w.End[i]} {
			if v > MaxElements {
				return nil, fmt.Errorf("window %v: axis %d: want at most %d, got %d", w, i, MaxElements, v)
			}
		}
		span := in[i] + w.Begin[i] + w.End[i] - (w.Kernel[i]-1)*w.Dilations[i] - 1
		if span < 0 {
			return nil, fmt.Errorf("window %v: axis %d: dilated kernel is longer than the padded extent %d", w, i, in[i]+w.Begin[i]+w.End[i])
		}
		out[i] = span/w.Strides[i] + 1
	}
	if _, err := Shape(out).CheckedSize(MaxElements); err != nil {
		return nil, fmt.Errorf("window %v: %w", w, err)
	}
	return out, nil
}

// Visit calls f(tap, at) for each kernel position of output position o (row-major over Out(in)) that falls on a
// real element: tap is the row-major kernel index, at the row-major input index.
func (w Window) Visit(in, out []int, o int, f func(tap, at int)) {
	n := len(in)
	switch n {
	case 2:
		w.visit2(in, out, o, f)
		return
	}
	pos := make([]int, n)
	for i := n - 1; i >= 0; i-- {
		pos[i] = o%out[i]*w.Strides[i] - w.Begin[i]
		o /= out[i]
	}
	var rec func(axis, tap, at int)
	rec = func(axis, tap, at int) {
		if axis == n {
			f(tap, at)
			return
		}
		for k := range w.Kernel[axis] {
			if p := pos[axis] + k*w.Dilations[axis]; p >= 0 && p < in[axis] {
				rec(axis+1, tap*w.Kernel[axis]+k, at*in[axis]+p)
			}
		}
	}
	rec(0, 0, 0)
}

func (w Window) visit2(in, out []int, o int, f func(tap, at int)) {
	y0, x0 := o/out[1]*w.Strides[0]-w.Begin[0], o%out[1]*w.Strides[1]-w.Begin[1]
	for ky := range w.Kernel[0] {
		y := y0 + ky*w.Dilations[0]
		if y < 0 || y >= in[0] {
			continue
		}
		for kx := range w.Kernel[1] {
			if x := x0 + kx*w.Dilations[1]; x >= 0 && x < in[1] {
				f(ky*w.Kernel[1]+kx, y*in[1]+x)
			}
		}
	}
}
