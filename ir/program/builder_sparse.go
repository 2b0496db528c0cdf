package program

import (
	"cmp"
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// Weight is an entry of a row of a sparse matrix.
type Weight struct {
	Index int // column
	Coef  float64
}

// Sparse applies the matrix of the given rows along an axis of extent in of x, which is read as outer x in x inner
// elements, and gives shape s. Columns of a row may repeat: they add up. A matrix that only copies is a Gather.
func (b *Builder) Sparse(x *Value, in, outer, inner int, rows [][]Weight, s tensor.Shape) (*Value, error) {
	if x.shape.Size() != outer*in*inner || s.Size() != outer*len(rows)*inner {
		return nil, fmt.Errorf("%s: sparse: %d rows of %d, %d x %d times, do not fit %v to %v", b.name, len(rows), in, outer, inner, x.shape, s)
	}
	m := &realSparse{outer: outer, in: in, inner: inner, starts: make(Ints, 1, len(rows)+1)}
	copies := true
	for o, row := range rows {
		row = slices.Clone(row)
		slices.SortStableFunc(row, func(a, b Weight) int { return cmp.Compare(a.Index, b.Index) })
		from := len(m.index)
		for _, e := range row {
			if e.Index < 0 || e.Index >= in {
				return nil, fmt.Errorf("%s: sparse: row %d reads column %d of %d", b.name, o, e.Index, in)
			}
			if n := len(m.index); n > from && m.index[n-1] == int64(e.Index) {
				m.weights[n-1] += e.Coef
				continue
			}
			m.index, m.weights = append(m.index, int64(e.Index)), append(m.weights, e.Coef)
		}
		n := len(m.index)
		m.starts = append(m.starts, int64(n))
		m.widest = max(m.widest, n-from)
		copies = copies && n-from <= 1 && (n == from || m.weights[n-1] == 1)
	}
	if copies {
		index := make([]int, s.Size())
		for i := range index {
			o := i / inner % len(rows)
			index[i] = -1
			if e := m.starts[o]; e < m.starts[o+1] {
				index[i] = (i/inner/len(rows)*in+int(m.index[e]))*inner + i%inner
			}
		}
		return b.Gather(s, index, 0, x)
	}
	id, err := b.narrow(x)
	if err != nil {
		return nil, err
	}
	return newValue(s, &linear{[]realTerm{{id, m}}, []float64{0}}), nil
}

// realSparse is a SparseMap before its weights are rounded.
type realSparse struct {
	outer, in, inner, widest int
	starts, index            Ints
	weights                  []float64
}

func (m *realSparse) scale(s []float64) (realMap, bool) {
	rows := len(m.starts) - 1
	for i := range s {
		if s[i] != s[i/m.inner%rows*m.inner] {
			return nil, false
		}
	}
	r := *m
	r.weights = slices.Clone(m.weights)
	for o := range rows {
		for e := m.starts[o]; e < m.starts[o+1]; e++ {
			r.weights[e] *= s[o*m.inner]
		}
	}
	return &r, true
}

func (m *realSparse) fanIn() int { return m.widest }

func (m *realSparse) coefficients() []float64 { return m.weights }

func (m *realSparse) quantize(f float64) Map {
	return &SparseMap{Outer: m.outer, In: m.in, Out: len(m.starts) - 1, Inner: m.inner, Starts: m.starts, Index: m.index, Weights: roundAll(m.weights, f)}
}
