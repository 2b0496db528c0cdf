package program

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

// The rounding of a sum to a grid (Quantize, Requantize) is exact as follows. Row i of a sum of constant multiples of
// integer tensors is g*acc + bias, where g is the largest real number of which every coefficient of the row is an
// integer multiple: for a dequantized layer that is the scale of its weights, since their float64 products with
// integers are exact. The multiplier m = g * (scale of the operand) / (scale of the grid) is taken as a float32, as
// quantized operators take it, and acc*m is rounded to float32 and then to an integer, halves to even, as they do.
//
// That is a function of one integer. Where a line slope*acc + offset, rounded by a plain Lookup, has the same value for
// every acc in reach, it is proven by it. Where halves occur, no line has: their rule alternates. Then a slack for
// halves to even is sought that tells them from all other sums. Where neither is found, and for sums of several tensors,
// the multipliers are exact instead: a float32 is M / 2^e with M odd, acc*M is an integer in units of 2^-e, and only
// the rounding of the product to float32 is missed.

const (
	gridWeights = 1 << 17 // integers that the coefficients of a row may be multiples by
	gridTerm    = 50      // bits of a coefficient: a float64 holds it exactly through two roundings
	gridSum     = 61      // bits of a sum
	gridNoise   = 12      // bits below a step of the grid that sums with coefficients of no common unit keep
	gridBias    = 24      // bits below a step that biases keep
	gridSlack   = 15      // sums of several tensors within 2^-gridSlack steps of a half are taken for one
	gridSets    = 1 << 17 // sums of two tensors' elements that are searched for halves
)

// roundedSum is a sum that is being rounded to a grid.
type roundedSum struct {
	b     *Builder
	lanes []*lane
	ratio ratio
	bias  []float64 // one an element

	limit, fraction int   // bits below a step: at most, and wanted
	k               int   // bits below a step
	even            bool  // halves occur
	slack           int64 // with this slack
	ints            []int64
}

// roundSum rounds a sum to the grid.
func (b *Builder) roundSum(x *Value, l *linear, g Grid, r ratio) (*Value, error) {
	n := x.shape.Size()
	s := &roundedSum{b: b, ratio: r, bias: expand(l.bias, n)}
	magnitude, weight := 1.0, 1.0
	for _, t := range l.terms {
		a, ok := b.lane(t, n, r, g.Uniform())
		if !ok {
			return nil, s.misfit()
		}
		s.lanes = append(s.lanes, a)
		s.fraction, weight = max(s.fraction, a.fraction), math.Max(weight, a.weight)
		largest := 0.0
		for k, v := range a.sums {
			largest = math.Max(largest, v*a.factors[k])
		}
		magnitude += largest
	}
	zero := g.Zero.BroadcastTo(x.shape).Data
	shift := 0.0
	for i := range s.bias {
		shift = math.Max(shift, math.Abs(r.real(s.bias[i], i))+math.Abs(zero[i]))
	}
	magnitude += shift
	s.limit = min(MaxShift, gridSum-int(math.Ceil(math.Log2(magnitude))), gridTerm-int(math.Ceil(math.Log2(weight))))
	if s.limit < 0 {
		return nil, fmt.Errorf("%s: quantize: want sums of at most 2^%d steps, got 2^%.0f", b.name, gridSum, math.Log2(magnitude))
	}
	if !l.whole(s.lanes, s.bias) {
		s.fraction = max(s.fraction, gridBias)
	}
	s.fraction = min(s.fraction, s.limit)
	if !s.climb(g) {
		s.settle()
	}
	return s.emit(x, g)
}

func (s *roundedSum) misfit() error {
	return fmt.Errorf("%s: quantize: want one scale for all elements that share weights", s.b.name)
}

// climb looks for lines that climb the stairs of all rows, or a slack with which halves to even do.
func (s *roundedSum) climb(g Grid) bool {
	c := s.stairs(g)
	if c == nil {
		return false
	}
	step := max(s.b.opt.Shift, 1)
	for k := 0; ; k = min(k+step, s.limit) {
		if c.climb(k) {
			s.k = k
			break
		}
		if k >= s.fraction || k == s.limit {
			s.even = true
			break
		}
	}
	for k := step - 1; s.even; k += step {
		if k > s.limit {
			s.even = false
			return false
		}
		var ok bool
		if s.slack, ok = c.slack(k); ok {
			s.k = k
			c.lane.scaleTo(k)
			break
		}
	}
	s.ints = make([]int64, len(s.bias))
	for i, v := range s.bias {
		t, _ := c.lane.multiple(i, v)
		b := c.lane.block(i)
		s.ints[i] = t*int64(c.lane.slopes[b]) + c.lane.offsets[b]
	}
	return true
}

// whole reports whether the bias of each row is an integer of its unit.
func (e *linear) whole(lanes []*lane, bias []float64) bool {
	for i, v := range bias {
		if v == 0 {
			continue
		}
		if len(lanes) != 1 {
			return false
		}
		if _, ok := lanes[0].multiple(i, v); !ok {
			return false
		}
	}
	return true
}

// emit adds the kernels of the sum.
func (s *roundedSum) emit(x *Value, g Grid) (*Value, error) {
	n := x.shape.Size()
	zero := g.Zero.BroadcastTo(x.shape).Data
	lin := &Linear{Shape: x.shape, Bias: make(Ints, n)}
	parity := make([]int64, n) // of the zero point, where it must not take part in rounding
	for i, v := range s.ints {
		z := int64(zero[i])
		if s.even && !g.Before {
			parity[i] = z & 1
		}
		lin.Bias[i] = v + (z-parity[i])<<s.k
	}
	lin.Bias = compressInts(lin.Bias)
	for _, l := range s.lanes {
		m, ok := l.quantize(n)
		if !ok {
			return nil, s.misfit()
		}
		lin.Terms = append(lin.Terms, Term{l.id, m})
	}
	id, err := s.b.add(lin, math.Ldexp(1, -s.k))
	if err != nil {
		return nil, err
	}
	if id, err = s.saturate(id, parity, g); err != nil {
		return nil, err
	}
	return s.b.leafOf(x, id), nil
}

// saturate rounds tensor id to the integers of the grid, and adds to each element its parity.
func (s *roundedSum) saturate(id int, parity []int64, g Grid) (int, error) {
	t := s.b.p.Tensors[id]
	var parts [2]Ints
	for i, p := range parity {
		parts[p] = append(parts[p], int64(i))
	}
	var out []int
	for p, index := range parts {
		if len(index) == 0 {
			continue
		}
		part, err := id, error(nil)
		if len(index) < len(parity) {
			if part, err = s.b.add(&Gather{Operands: []int{id}, Shape: tensor.Shape{len(index)}, Index: index}, t.Scale); err != nil {
				return 0, err
			}
		}
		k := &Lookup{Arg: part, Shift: uint(s.k), Even: s.even, Slack: s.slack, Low: g.Low - int64(p)}
		for v := g.Low; v <= g.High; v++ {
			k.Table = append(k.Table, v)
		}
		if part, err = s.b.add(k, 1); err != nil {
			return 0, err
		}
		out = append(out, part)
	}
	if len(out) == 1 {
		return out[0], nil
	}
	back := make(Ints, len(parity))
	for i, j := range append(parts[0], parts[1]...) {
		back[j] = int64(i)
	}
	return s.b.add(&Gather{Operands: out, Shape: t.Shape, Index: back}, 1)
}

// compressInts is the shortest list whose elements, repeated alike, are v.
func compressInts(v Ints) Ints {
	repeat := len(v)
	for i := 1; i < len(v); i++ {
		if v[i] != v[i-1] {
			repeat = gcd(repeat, i)
		}
	}
	r := make(Ints, len(v)/repeat)
	for i := range r {
		r[i] = v[i*repeat]
	}
	return r
}
