package program

import (
	"fmt"

	"assay/ir/tensor"
)

// SparseMap applies one sparse matrix along an axis: x of Outer x In x Inner elements gives Outer x Out x Inner
// (resizing, overlapping sums). Row o of the matrix has the entries from Starts[o] to before Starts[o+1].
type SparseMap struct {
	Outer   int  `json:"outer"`
	In      int  `json:"in"`
	Out     int  `json:"out"`
	Inner   int  `json:"inner"`
	Starts  Ints `json:"starts"`
	Index   Ints `json:"index"` // columns, ascending in a row
	Weights Ints `json:"weights"`
}

func init() { registerMap("sparse", func() Map { return new(SparseMap) }) }

// Kind implements Map.
func (m *SparseMap) Kind() string { return "sparse" }

// Stored implements Map.
func (m *SparseMap) Stored() Ints { return m.Weights }

// Check implements Map.
func (m *SparseMap) Check(in tensor.Shape) (int, error) {
	n, err := tensor.Shape{m.Outer, m.In, m.Inner}.CheckedSize(tensor.MaxElements)
	if err != nil || in.Size() != n {
		return 0, fmt.Errorf("sparse: want %d x %d x %d elements, got shape %v", m.Outer, m.In, m.Inner, in)
	}
	if m.Out < 1 || len(m.Starts) != m.Out+1 || m.Starts[0] != 0 || m.Starts[m.Out] != int64(len(m.Index)) || len(m.Weights) != len(m.Index) {
		return 0, fmt.Errorf("sparse: %d starts, %d columns, %d weights do not fit %d rows", len(m.Starts), len(m.Index), len(m.Weights), m.Out)
	}
	for o := range m.Out {
		from, to := m.Starts[o], m.Starts[o+1]
		if from > to || to > int64(len(m.Index)) {
			return 0, fmt.Errorf("sparse: row %d: want starts that ascend, got %d and %d", o, from, to)
		}
		last := int64(-1)
		for _, j := range m.Index[from:to] {
			if j <= last || j >= int64(m.In) {
				return 0, fmt.Errorf("sparse: row %d: want columns that ascend and are below %d, got %d after %d", o, m.In, j, last)
			}
			last = j
		}
	}
	return tensor.Shape{m.Outer, m.Out, m.Inner}.CheckedSize(tensor.MaxElements)
}

// Row implements Map.
func (m *SparseMap) Row(i int, dst []Entry) []Entry {
	inner, o, outer := i%m.Inner, i/m.Inner%m.Out, i/m.Inner/m.Out
	for e := m.Starts[o]; e < m.Starts[o+1]; e++ {
		if w := m.Weights[e]; w != 0 {
			dst = append(dst, Entry{(outer*m.In+int(m.Index[e]))*m.Inner + inner, w})
		}
	}
	return dst
}

// String implements Map.
func (m *SparseMap) String() string {
	return fmt.Sprintf("sparse[%dx%d, %d entries]", m.Out, m.In, len(m.Index))
}
