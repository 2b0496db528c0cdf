package program

import (
	"fmt"

	"assay/ir/tensor"
)

// DiagonalMap multiplies each element by a constant. One weight serves Size/len(Weights) consecutive elements.
type DiagonalMap struct {
	Size    int  `json:"size"`
	Weights Ints `json:"weights"`
}

func init() { registerMap("diagonal", func() Map { return new(DiagonalMap) }) }

// Kind implements Map.
func (m *DiagonalMap) Kind() string { return "diagonal" }

// Stored implements Map.
func (m *DiagonalMap) Stored() Ints { return m.Weights }

// Check implements Map.
func (m *DiagonalMap) Check(in tensor.Shape) (int, error) {
	if in.Size() != m.Size || len(m.Weights) == 0 || m.Size%len(m.Weights) != 0 {
		return 0, fmt.Errorf("diagonal: %d weights over %d elements do not fit %v", len(m.Weights), m.Size, in)
	}
	return m.Size, nil
}

// Row implements Map.
func (m *DiagonalMap) Row(i int, dst []Entry) []Entry {
	if w := m.Weights[i/(m.Size/len(m.Weights))]; w != 0 {
		dst = append(dst, Entry{i, w})
	}
	return dst
}

func (m *DiagonalMap) accumulate(x, y []int64) {
	repeat := m.Size / len(m.Weights)
	for i, w := range m.Weights {
		to := y[i*repeat : (i+1)*repeat]
		for j, v := range x[i*repeat : (i+1)*repeat] {
			to[j] += w * v
		}
	}
}

// String implements Map.
func (m *DiagonalMap) String() string { return fmt.Sprintf("diagonal[%d]", m.Size) }
