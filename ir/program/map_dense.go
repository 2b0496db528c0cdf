package program

import (
	"fmt"

	"assay/ir/tensor"
)

// DenseMap multiplies the last axis by a matrix: x of shape [..., In] gives [..., Out].
type DenseMap struct {
	In      int  `json:"in"`
	Out     int  `json:"out"`
	Batch   int  `json:"batch"`   // product of the leading extents
	Weights Ints `json:"weights"` // row-major [Out][In]
}

func init() { registerMap("dense", func() Map { return new(DenseMap) }) }

// Kind implements Map.
func (m *DenseMap) Kind() string { return "dense" }

// Stored implements Map.
func (m *DenseMap) Stored() Ints { return m.Weights }

// Check implements Map.
func (m *DenseMap) Check(in tensor.Shape) (int, error) {
	if m.In < 1 || m.Out < 1 || m.Batch < 1 || m.In > tensor.MaxElements/m.Out || m.Batch > tensor.MaxElements/m.Out || len(m.Weights) != m.In*m.Out {
		return 0, fmt.Errorf("dense: %d weights do not fit %d x %d", len(m.Weights), m.Out, m.In)
	}
	if len(in) == 0 || in[len(in)-1] != m.In || in.Size() != m.Batch*m.In {
		return 0, fmt.Errorf("dense: want %d rows of %d, got shape %v", m.Batch, m.In, in)
	}
	return m.Batch * m.Out, nil
}

// Row implements Map.
func (m *DenseMap) Row(i int, dst []Entry) []Entry {
	base := i / m.Out * m.In
	o := i % m.Out
	for j, w := range m.Weights[o*m.In : (o+1)*m.In] {
		if w != 0 {
			dst = append(dst, Entry{base + j, w})
		}
	}
	return dst
}

func (m *DenseMap) accumulate(x, y []int64) {
	for b := range m.Batch {
		row := x[b*m.In : (b+1)*m.In]
		for o := range m.Out {
			s := int64(0)
			for j, w := range m.Weights[o*m.In : (o+1)*m.In] {
				s += w * row[j]
			}
			y[b*m.Out+o] += s
		}
	}
}

// String implements Map.
func (m *DenseMap) String() string { return fmt.Sprintf("dense[%dx%d]", m.Out, m.In) }
