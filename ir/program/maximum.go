package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Max takes the maximum under each window of a channel of an N x C x spatial tensor. Padding is never the
// maximum, and each window holds at least one element.
type Max struct {
	Arg     int           `json:"arg"`
	Planes  int           `json:"planes"` // N * C
	Spatial []int         `json:"spatial"`
	Window  tensor.Window `json:"window"`

	geometry
}

func init() { registerKernel("max", func() Kernel { return new(Max) }) }

// Kind implements Kernel.
func (k *Max) Kind() string { return "max" }

// Args implements Kernel.
func (k *Max) Args() []int { return []int{k.Arg} }

// Infer implements Kernel.
func (k *Max) Infer(in []Tensor) (tensor.Shape, Range, error) {
	s := in[0].Shape
	if len(s) != len(k.Spatial)+2 || !s[2:].Equal(k.Spatial) || s[0]*s[1] != k.Planes {
		return nil, Range{}, fmt.Errorf("max: want %d planes of %v, got %v", k.Planes, k.Spatial, s)
	}
	g, err := newGeometry(k.Spatial, k.Window)
	if err != nil {
		return nil, Range{}, err
	}
	k.geometry = g
	var room runRoom
	for o := range g.outSize {
		if len(k.Window.Runs(k.Spatial, g.out, o, room[:0])) == 0 {
			return nil, Range{}, fmt.Errorf("max: window %d covers padding alone", o)
		}
	}
	return append(tensor.Shape{s[0], s[1]}, g.out...), in[0].Range, nil
}

// Members appends the operand elements under window i to dst.
func (k *Max) Members(i int, dst []int) []int {
	base := i / k.outSize * k.inSize
	var room runRoom
	for _, r := range k.Window.Runs(k.Spatial, k.out, i%k.outSize, room[:0]) {
		for j := range r.Count {
			dst = append(dst, base+r.At+j*k.dilation)
		}
	}
	return dst
}

// Eval implements Kernel.
func (k *Max) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](append(in[0].Shape[:2:2], k.out...))
	tensor.Parallel(len(y.Data), 1<<12, func(from, to int) {
		var m []int
		for i := from; i < to; i++ {
			m = k.Members(i, m[:0])
			y.Data[i] = in[0].Data[m[0]]
			for _, j := range m[1:] {
				y.Data[i] = max(y.Data[i], in[0].Data[j])
			}
		}
	})
	return y, nil
}

// String implements Kernel.
func (k *Max) String() string {
	return fmt.Sprintf("(%%%d) k%v s%v p%v%v", k.Arg, k.Window.Kernel, k.Window.Strides, k.Window.Begin, k.Window.End)
}
