package program

import (
	"fmt"
	"math"
	"slices"

	"assay/ir/tensor"
)

// Span is an interval of reals, without its low end where Above is set, and with its high end where Through is.
type Span struct {
	Low, High      float64
	Above, Through bool
}

// Point is the span of one number.
func Point(v float64) Span { return Span{Low: v, High: v, Through: true} }

// Within is, for each element of x and each set of spans, 1 where the element lies in a span of the set, else 0: the
// shape of x and an axis of the sets. Elements and ends are compared on the grid of x, to which they round alike: a
// number equals itself whatever the grid.
func (b *Builder) Within(x *Value, sets ...[]Span) (*Value, error) {
	if x.constant != nil {
		return nil, fmt.Errorf("%s: within: want a variable, got a constant", b.name)
	}
	n := x.shape.Size()
	flat, err := b.Reshape(x, tensor.Shape{1, n})
	if err != nil {
		return nil, err
	}
	fs, err := b.features(flat)
	if err != nil {
		return nil, err
	}
	var all spans
	columns := make([]int, n*len(sets))
	for i := range n {
		for j, s := range sets {
			on := make([]Span, len(s))
			for k, v := range s {
				on[k] = Span{fs.of(i, v.Low), fs.of(i, v.High), v.Above, v.Through}
				if fs.scale[i] < 0 {
					on[k] = Span{on[k].High, on[k].Low, !v.Through, !v.Above}
				}
			}
			columns[i*len(sets)+j] = all.of(i, on)
		}
	}
	in, err := all.indicators(b, fs.id)
	if err != nil {
		return nil, err
	}
	g := &Gather{Operands: []int{in}, Shape: append(x.shape.Clone(), len(sets))}
	for _, c := range columns {
		g.Index = append(g.Index, int64(c))
	}
	id, err := b.add(g, 1)
	if err != nil {
		return nil, err
	}
	return b.leafOf(newValue(g.Shape, nil), id), nil
}

// spans collects sets of spans of features, on their grid.
type spans struct{ sets []spanSet }

type spanSet struct {
	feature int
	runs    [][2]int64 // first member and first that is none any more, ascending and apart
}

// of is the number of a set of spans of integers.
func (m *spans) of(feature int, values []Span) int {
	s := spanSet{feature: feature}
	end := func(v float64, past bool) int64 {
		q := math.RoundToEven(min(max(v, -MaxMagnitude/2), MaxMagnitude/2))
		if past {
			q++
		}
		return int64(q)
	}
	for _, v := range values {
		if r := [2]int64{end(v.Low, v.Above), end(v.High, v.Through)}; r[0] < r[1] {
			s.runs = append(s.runs, r)
		}
	}
	slices.SortFunc(s.runs, func(a, b [2]int64) int { return int(min(max(a[0]-b[0], -1), 1)) })
	merged := s.runs[:0]
	for _, r := range s.runs {
		if n := len(merged); n > 0 && r[0] <= merged[n-1][1] {
			merged[n-1][1] = max(merged[n-1][1], r[1])
		} else {
			merged = append(merged, r)
		}
	}
	s.runs = merged
	for i, other := range m.sets {
		if other.feature == feature && slices.Equal(other.runs, s.runs) {
			return i
		}
	}
	m.sets = append(m.sets, s)
	return len(m.sets) - 1
}

// append puts the indicators of the sets beside the features, as further features.
func (m *spans) append(b *Builder, id int) (int, error) {
	if len(m.sets) == 0 {
		return id, nil
	}
	in, err := m.indicators(b, id)
	if err != nil {
		return 0, err
	}
	rows, features, sets := b.p.Tensors[id].Shape[0], b.p.Tensors[id].Shape[1], len(m.sets)
	all := &Gather{Operands: []int{id, in}, Shape: tensor.Shape{rows, features + sets}}
	for r := range rows {
		for f := range features {
			all.Index = append(all.Index, int64(r*features+f))
		}
		for s := range sets {
			all.Index = append(all.Index, int64(rows*features+r*sets+s))
		}
	}
	return b.add(all, b.p.Tensors[id].Scale)
}

// indicators are, for rows of features, 1 where the feature of a set lies in it, else 0: rows x sets. A bound that
// features compare with is compared with once.
func (m *spans) indicators(b *Builder, id int) (int, error) {
	rows, features, r := b.p.Tensors[id].Shape[0], b.p.Tensors[id].Shape[1], b.p.Tensors[id].Range
	type bound struct {
		feature int
		at      int64
	}
	var bounds []bound
	signs := map[[2]int]int64{} // by set and bound
	always := make([]int64, len(m.sets))
	for i, s := range m.sets {
		for _, run := range s.runs {
			for side, at := range run {
				sign := int64(1 - 2*side)
				c := bound{s.feature, at}
				switch {
				case at <= r.Min:
					always[i] += sign
				case at <= r.Max:
					j := slices.Index(bounds, c)
					if j < 0 {
						j, bounds = len(bounds), append(bounds, c)
					}
					signs[[2]int{i, j}] += sign
				}
			}
		}
	}
	sets, n := len(m.sets), len(bounds)
	out := &Linear{Shape: tensor.Shape{rows, sets}}
	for range rows {
		out.Bias = append(out.Bias, always...)
	}
	if n == 0 {
		return b.add(&Constant{Shape: out.Shape, Values: out.Bias}, 1)
	}
	at := &Gather{Operands: []int{id}, Shape: tensor.Shape{rows, n}}
	above := &Linear{Shape: at.Shape}
	for row := range rows {
		for _, c := range bounds {
			at.Index = append(at.Index, int64(row*features+c.feature))
			above.Bias = append(above.Bias, -c.at)
		}
	}
	from, err := b.add(at, b.p.Tensors[id].Scale)
	if err != nil {
		return 0, err
	}
	above.Terms = []Term{{from, &DiagonalMap{Size: rows * n, Weights: Ints{1}}}}
	if from, err = b.add(above, b.p.Tensors[id].Scale); err != nil {
		return 0, err
	}
	if from, err = b.add(&Step{Arg: from}, 1); err != nil {
		return 0, err
	}
	weights := make(Ints, sets*n)
	for k, sign := range signs {
		weights[k[0]*n+k[1]] = sign
	}
	out.Terms = []Term{{from, &DenseMap{In: n, Out: sets, Batch: rows, Weights: weights}}}
	return b.add(out, 1)
}
