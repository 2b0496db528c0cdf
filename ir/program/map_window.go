package program

import (
	"fmt"

	"assay/ir/tensor"
)

// WindowMap adds the elements under each window of a channel, times the weight of the output position
// (average pooling, whose weight is the reciprocal of the count).
type WindowMap struct {
	Planes  int           `json:"planes"` // N * C
	Spatial []int         `json:"spatial"`
	Window  tensor.Window `json:"window"`
	Weights Ints          `json:"weights"` // one an output position

	geometry
}

func init() { registerMap("window", func() Map { return new(WindowMap) }) }

// Kind implements Map.
func (m *WindowMap) Kind() string { return "window" }

// Stored implements Map.
func (m *WindowMap) Stored() Ints { return m.Weights }

// Check implements Map.
func (m *WindowMap) Check(in tensor.Shape) (int, error) {
	if len(in) != len(m.Spatial)+2 || !in[2:].Equal(m.Spatial) || in[0]*in[1] != m.Planes {
		return 0, fmt.Errorf("window: want %d planes of %v, got %v", m.Planes, m.Spatial, in)
	}
	g, err := newGeometry(m.Spatial, m.Window)
	if err != nil {
		return 0, err
	}
	m.geometry = g
	if len(m.Weights) != g.outSize {
		return 0, fmt.Errorf("window: want %d weights, got %d", g.outSize, len(m.Weights))
	}
	return tensor.Shape{m.Planes, g.outSize}.CheckedSize(tensor.MaxElements)
}

// Row implements Map.
func (m *WindowMap) Row(i int, dst []Entry) []Entry {
	base := i / m.outSize * m.inSize
	w := m.Weights[i%m.outSize]
	var room runRoom
	for _, r := range m.Window.Runs(m.Spatial, m.out, i%m.outSize, room[:0]) {
		for j := range r.Count {
			dst = append(dst, Entry{base + r.At + j*m.dilation, w})
		}
	}
	return dst
}

// String implements Map.
func (m *WindowMap) String() string {
	return fmt.Sprintf("window[k%v s%v p%v%v]", m.Window.Kernel, m.Window.Strides, m.Window.Begin, m.Window.End)
}
