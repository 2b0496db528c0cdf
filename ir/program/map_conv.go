package program

import (
	"fmt"

	"assay/ir/tensor"
)

// ConvMap correlates an N x C x spatial tensor with Weights (ONNX Conv). Padding reads zero.
type ConvMap struct {
	Batch   int           `json:"batch"`
	In      int           `json:"in"`      // C
	Out     int           `json:"out"`     // M
	Groups  int           `json:"groups"`  // divides C and M
	Spatial []int         `json:"spatial"` // extents of the input
	Window  tensor.Window `json:"window"`
	Weights Ints          `json:"weights"` // row-major [M][C/Groups][kernel]

	geometry
}

// geometry is derived from Spatial and Window, once.
type geometry struct {
	out             []int
	inSize, outSize int
	taps            int
	dilation        int // of the last axis
	runs            int // that a position has at most
}

// maxGeometry bounds the positions of a plane, and the taps at all of them.
const maxGeometry = 1 << 26

// held implements holder.
func (g *geometry) held() int { return g.outSize * (1 + g.runs) }

func newGeometry(spatial []int, w tensor.Window) (geometry, error) {
	out, err := w.Out(spatial)
	if err != nil {
		return geometry{}, err
	}
	if len(spatial) == 0 {
		return geometry{}, fmt.Errorf("window: want at least one axis")
	}
	g := geometry{out: out, dilation: w.Dilations[len(spatial)-1]}
	if g.inSize, err = tensor.Shape(spatial).CheckedSize(maxGeometry); err != nil {
		return geometry{}, err
	}
	if g.taps, err = tensor.Shape(w.Kernel).CheckedSize(maxGeometry); err != nil {
		return geometry{}, err
	}
	if g.outSize, err = tensor.Shape(out).CheckedSize(maxGeometry); err != nil {
		return geometry{}, err
	}
	g.runs = g.taps / w.Kernel[len(spatial)-1]
	if g.outSize > maxGeometry/max(g.taps, 1) {
		return geometry{}, fmt.Errorf("window: want at most %d taps at all positions, got %d at each of %d", maxGeometry, g.taps, g.outSize)
	}
	return g, nil
}

// runRoom holds the runs of a position of most windows.
type runRoom [16]tensor.Run

func init() { registerMap("conv", func() Map { return new(ConvMap) }) }

// Kind implements Map.
func (m *ConvMap) Kind() string { return "conv" }

// Stored implements Map.
func (m *ConvMap) Stored() Ints { return m.Weights }

// Check implements Map.
func (m *ConvMap) Check(in tensor.Shape) (int, error) {
	want := append(tensor.Shape{m.Batch, m.In}, m.Spatial...)
	if !in.Equal(want) {
		return 0, fmt.Errorf("conv: want shape %v, got %v", want, in)
	}
	g, err := newGeometry(m.Spatial, m.Window)
	if err != nil {
		return 0, err
	}
	m.geometry = g
	if m.Groups < 1 || m.Out < 1 || m.In%m.Groups != 0 || m.Out%m.Groups != 0 || !counts(m.Weights, m.Out, m.In/m.Groups, g.taps) {
		return 0, fmt.Errorf("conv: %d weights, %d groups do not fit %d -> %d channels of %d taps", len(m.Weights), m.Groups, m.In, m.Out, g.taps)
	}
	return (append(tensor.Shape{m.Batch, m.Out}, g.out...)).CheckedSize(tensor.MaxElements)
}

// counts reports whether there are as many weights as the product of the extents, however large.
func counts(weights Ints, extents ...int) bool {
	n, err := tensor.Shape(extents).CheckedSize(len(weights))
	return err == nil && n == len(weights)
}

// Row implements Map.
func (m *ConvMap) Row(i int, dst []Entry) []Entry {
	pos, ch := i%m.outSize, i/m.outSize
	n, o := ch/m.Out, ch%m.Out
	cg := m.In / m.Groups
	var room runRoom
	runs := m.Window.Runs(m.Spatial, m.out, pos, room[:0])
	first := n*m.In + o/(m.Out/m.Groups)*cg
	for c := range cg {
		w := m.Weights[(o*cg+c)*m.taps : (o*cg+c+1)*m.taps]
		base := (first + c) * m.inSize
		for _, r := range runs {
			for j, v := range w[r.Tap : r.Tap+r.Count] {
				if v != 0 {
					dst = append(dst, Entry{base + r.At + j*m.dilation, v})
				}
			}
		}
	}
	return dst
}

func (m *ConvMap) accumulate(x, y []int64) {
	tensor.Correlate(tensor.Correlation{Batch: m.Batch, In: m.In, Out: m.Out, Groups: m.Groups,
		Spatial: m.Spatial, Result: m.out, Window: m.Window}, x, m.Weights, y)
}

// String implements Map.
func (m *ConvMap) String() string {
	return fmt.Sprintf("conv[%d->%d k%v s%v p%v%v d%v g%d]", m.In, m.Out, m.Window.Kernel, m.Window.Strides, m.Window.Begin, m.Window.End, m.Window.Dilations, m.Groups)
}
