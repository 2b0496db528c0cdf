package program

import (
	"encoding/binary"
	"slices"

	"assay/ir/tensor"
)

// bounded is a Map that gives the interval of each row without listing its entries: the rows of a convolution at all
// inner positions have one.
type bounded interface {
	Map
	// rowBounds gives the interval of row i for an operand within r. It is nil where a sum of magnitudes leaves
	// MaxMagnitude.
	rowBounds(r Range) func(i int) Range
}

// span is the interval of sums of entries, and the sum of their magnitudes.
type span struct {
	Range
	magnitude int64
}

// add takes in coef times an element within r; false where the magnitudes leave MaxMagnitude.
func (s *span) add(r Range, coef int64) bool {
	lo, hi, ok := scaled(r, coef)
	if !ok {
		return false
	}
	s.Min, s.Max = s.Min+lo, s.Max+hi
	s.magnitude += max(-lo, hi)
	return s.magnitude <= MaxMagnitude
}

// signed adds up the magnitudes of coefficients by their sign. A sum that leaves MaxMagnitude leaves bits in over.
type signed struct{ positive, negative, over uint64 }

func (s *signed) add(coef int64) {
	s.positive += uint64(coef &^ (coef >> 63))
	s.negative += uint64(-(coef & (coef >> 63)))
	s.over |= (s.positive | s.negative) >> 62
}

// span is that of the coefficients times elements within r; false where a sum of magnitudes leaves MaxMagnitude.
func (s *signed) span(r Range) (t span, ok bool) {
	ok = s.over == 0 && t.add(r, int64(s.positive)) && t.add(r, -int64(s.negative))
	return t, ok
}

func (m *DenseMap) rowBounds(r Range) func(i int) Range {
	rows := make([]span, m.Out)
	for o := range rows {
		var sum signed
		for _, w := range m.Weights[o*m.In : (o+1)*m.In] {
			sum.add(w)
		}
		var ok bool
		if rows[o], ok = sum.span(r); !ok {
			return nil
		}
	}
	return func(i int) Range { return rows[i%m.Out].Range }
}

func (m *ConvMap) rowBounds(r Range) func(i int) Range {
	// Positions at which the same taps read the input have the same interval.
	class := make([]int, m.outSize)
	var taps [][]tensor.Run
	known := map[string]int{}
	var key []byte
	var room runRoom
	for p := range class {
		runs := m.Window.Runs(m.Spatial, m.out, p, room[:0])
		key = key[:0]
		for _, r := range runs {
			key = binary.LittleEndian.AppendUint32(key, uint32(r.Tap))
			key = binary.LittleEndian.AppendUint32(key, uint32(r.Count))
		}
		c, ok := known[string(key)]
		if !ok {
			c = len(taps)
			known[string(key)] = c
			taps = append(taps, slices.Clone(runs))
		}
		class[p] = c
	}
	cg := m.In / m.Groups
	rows := make([]span, m.Out*len(taps))
	for o := range m.Out {
		for c, runs := range taps {
			var sum signed
			for i := range cg {
				w := m.Weights[(o*cg+i)*m.taps:]
				for _, run := range runs {
					for _, v := range w[run.Tap : run.Tap+run.Count] {
						sum.add(v)
					}
				}
			}
			var ok bool
			if rows[o*len(taps)+c], ok = sum.span(r); !ok {
				return nil
			}
		}
	}
	return func(i int) Range { return rows[i/m.outSize%m.Out*len(taps)+class[i%m.outSize]].Range }
}

func (m *DiagonalMap) rowBounds(r Range) func(i int) Range {
	rows := make([]span, len(m.Weights))
	for i, w := range m.Weights {
		if !rows[i].add(r, w) {
			return nil
		}
	}
	repeat := m.Size / len(m.Weights)
	return func(i int) Range { return rows[i/repeat].Range }
}

// bounds is the interval of every row of k together, where all maps are bounded and no sum of magnitudes leaves
// MaxMagnitude.
func (k *Linear) bounds(in []Tensor, rows int) (Range, bool) {
	var each []func(i int) Range
	for a, t := range k.Terms {
		m, ok := t.Map.(bounded)
		if !ok {
			return Range{}, false
		}
		f := m.rowBounds(in[a].Range)
		if f == nil {
			return Range{}, false
		}
		each = append(each, f)
	}
	var all Range
	for i := range rows {
		b := k.BiasOf(i)
		row := Range{b, b}
		for _, f := range each {
			if !row.valid() {
				return Range{}, false
			}
			r := f(i)
			row.Min, row.Max = row.Min+r.Min, row.Max+r.Max
		}
		if !row.valid() {
			return Range{}, false
		}
		if i == 0 {
			all = row
		}
		all = all.Union(row)
	}
	return all, true
}
