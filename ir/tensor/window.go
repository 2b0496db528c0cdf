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

// Run is neighbouring taps of a kernel along its last axis, Tap, Tap+1, ..., that read the elements At, At+d, ... with d
// the dilation of that axis: Count of them.
type Run struct{ Tap, At, Count int }

// Runs appends to dst the runs of output position o (row-major over Out(in)), in order of their taps: kernel positions
// that fall on real elements. Taps and elements are row-major in the kernel and the input.
func (w Window) Runs(in, out []int, o int, dst []Run) []Run {
	n := len(in)
	var room [4]int
	pos := room[:0]
	if n > len(room) {
		pos = make([]int, 0, n)
	}
	pos = pos[:n]
	for i := n - 1; i >= 0; i-- {
		pos[i] = o%out[i]*w.Strides[i] - w.Begin[i]
		o /= out[i]
	}
	return w.runs(in, pos, 0, 0, 0, dst)
}

// runs lists those of the axes from the given one on, below tap and element of the axes before.
func (w Window) runs(in, pos []int, axis, tap, at int, dst []Run) []Run {
	k, d, p, e := w.Kernel[axis], w.Dilations[axis], pos[axis], in[axis]
	low, high := 0, k
	if p < 0 {
		low = (-p + d - 1) / d
	}
	if p+(k-1)*d >= e {
		high = (e - p + d - 1) / d
	}
	if axis == len(in)-1 {
		if low < high {
			dst = append(dst, Run{tap*k + low, at*e + p + low*d, high - low})
		}
		return dst
	}
	for i := low; i < high; i++ {
		dst = w.runs(in, pos, axis+1, tap*k+i, at*e+p+i*d, dst)
	}
	return dst
}

// Visit calls f(tap, at) for each kernel position of output position o (row-major over Out(in)) that falls on a
// real element: tap is the row-major kernel index, at the row-major input index.
func (w Window) Visit(in, out []int, o int, f func(tap, at int)) {
	var room [16]Run
	d := w.Dilations[len(in)-1]
	for _, r := range w.Runs(in, out, o, room[:0]) {
		for i := range r.Count {
			f(r.Tap+i, r.At+i*d)
		}
	}
}
