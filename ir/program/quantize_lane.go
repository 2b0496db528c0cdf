package program

import (
	"math"
	"math/bits"
)

// ratio is how many steps of a grid a real number is, at element i of the result.
type ratio struct {
	multiplier func(unit float64, i int) float64 // as a float32, for unit the worth of an integer
	real       func(x float64, i int) float64
	quotient   func(x float64, i int) float32 // real as float32 arithmetic divides; nil where none does
	integers   bool                           // rows are integers already: their common unit is 1
}

// lane is one term of a sum, row by row in steps of the grid.
type lane struct {
	realTerm
	blocks   int
	block    func(i int) int
	first    []int     // of a block: its first row, -1 for none
	scale    float64   // of the operand
	units    []float64 // of a block: coefficients are integers times it
	factors  []float64 // of a block: what a unit is in steps
	uneven   []bool    // of a block: coefficients are not integers of few bits in any unit
	sums     []float64 // of a block: largest magnitude of its integer sum
	weight   float64   // largest coefficient, in steps
	fraction int       // bits below a step that the factors have
	slopes   []float64 // of a block: factors in the units that scaleTo chose
	offsets  []int64   // of a block: what is added there
}

// partition says which rows of a map share coefficients: rows of one block are one set of coefficients at different
// places. coefficients are those of a block.
func partition(m realMap) (blocks int, block func(i int) int, coefficients func(b int) []float64) {
	w := m.coefficients()
	per, block := len(w), func(int) int { return 0 }
	switch m := m.(type) {
	case *realDense:
		per, block = m.in, func(i int) int { return i % m.out }
	case *realConv:
		per, block = m.fanIn(), func(i int) int { return i / m.outSize % m.out }
	case *realWindow:
		per, block = 1, func(i int) int { return i % len(w) }
	case *realDiagonal:
		per, block = 1, func(i int) int { return i / (m.size / len(w)) }
	}
	return len(w) / per, block, func(b int) []float64 { return w[b*per : (b+1)*per] }
}

// lane prepares a term for n rows. It is false where rows that share coefficients have different grids.
func (b *Builder) lane(t realTerm, n int, r ratio, even bool) (*lane, bool) {
	if d, ok := t.m.(*realDiagonal); ok && !even {
		t.m = &realDiagonal{d.size, expand(d.weights, d.size)}
	}
	in := b.p.Tensors[t.id]
	l := &lane{realTerm: t, scale: in.Scale}
	var coefficients func(int) []float64
	l.blocks, l.block, coefficients = partition(t.m)
	l.first = make([]int, l.blocks)
	for i := range l.first {
		l.first[i] = -1
	}
	first := l.first
	for i := range n {
		if k := l.block(i); first[k] < 0 {
			first[k] = i
		} else if !even && r.real(1, i) != r.real(1, first[k]) {
			return nil, false
		}
	}
	whole, shared := commonUnit(t.m.coefficients())
	for k := range l.blocks {
		c := coefficients(k)
		unit, ok := whole, shared
		switch {
		case r.integers:
			unit, ok = 1, true
		case !shared:
			unit, ok = commonUnit(c)
		}
		if !ok {
			unit = 1
		}
		factor := 0.0
		if first[k] >= 0 {
			factor = r.multiplier(unit*in.Scale, first[k])
		}
		sum, largest := 0.0, 0.0
		for _, w := range c {
			sum += math.Abs(w / unit)
			largest = math.Max(largest, math.Abs(w/unit))
		}
		l.units, l.factors, l.uneven = append(l.units, unit), append(l.factors, factor), append(l.uneven, !ok)
		switch t.m.(type) {
		case *realDense, *realConv, *realDiagonal:
		default:
			sum = largest * float64(t.m.fanIn()) // a coefficient may serve several elements of a row
		}
		l.sums = append(l.sums, sum*float64(in.Range.MaxAbs()))
		l.weight = math.Max(l.weight, largest*factor)
		if ok {
			l.fraction = max(l.fraction, fractionBits(factor))
		} else {
			l.fraction = max(l.fraction, gridNoise+bits.Len64(uint64(in.Range.MaxAbs()))+bits.Len(uint(t.m.fanIn())))
		}
	}
	return l, true
}

// multiple is v, a bias of row i, as an integer of the row's unit. A quantized bias is one but for the rounding of its
// own scale to float32.
func (l *lane) multiple(i int, v float64) (int64, bool) {
	b := l.block(i)
	t := v / (l.units[b] * l.scale)
	off := math.Abs(t - math.Round(t))
	return int64(math.Round(t)), !l.uneven[b] && math.Abs(t) < 1<<40 && off <= 0.25 && off <= math.Max(math.Ldexp(math.Abs(t), -22), 1e-9)
}

// scaleTo chooses units of 2^-k steps.
func (l *lane) scaleTo(k int) {
	l.slopes, l.offsets = make([]float64, l.blocks), make([]int64, l.blocks)
	for b, f := range l.factors {
		if l.slopes[b] = math.Ldexp(f, k); !l.uneven[b] {
			l.slopes[b] = math.Round(l.slopes[b])
		}
	}
}

// quantize is the map in the units chosen.
func (l *lane) quantize(n int) (Map, bool) {
	s := make([]float64, n)
	for i := range s {
		b := l.block(i)
		s[i] = l.slopes[b] / l.units[b]
	}
	m, ok := l.m.scale(s)
	if !ok {
		return nil, false
	}
	return m.quantize(1), true
}

// commonUnit is the largest number of which every one of ws is an integer multiple of at most gridWeights; false
// where there is none.
func commonUnit(ws []float64) (unit float64, ok bool) {
	lowest, highest := math.MaxInt, math.MinInt
	for _, w := range ws {
		if w == 0 {
			continue
		}
		m, e := odd(w)
		lowest, highest = min(lowest, e), max(highest, e+bits.Len64(m))
	}
	if lowest > highest {
		return 1, true
	}
	if highest-lowest > 62 {
		return 0, false
	}
	g, largest := uint64(0), uint64(0)
	for _, w := range ws {
		if w == 0 {
			continue
		}
		m, e := odd(w)
		m <<= e - lowest
		largest = max(largest, m)
		for x := m; x != 0; {
			g, x = x, g%x
		}
	}
	if largest/g > gridWeights {
		return 0, false
	}
	return math.Ldexp(float64(g), lowest), true
}

// odd splits |w| = m * 2^e with m odd.
func odd(w float64) (m uint64, e int) {
	f, e := math.Frexp(math.Abs(w))
	m = uint64(math.Ldexp(f, 53))
	z := bits.TrailingZeros64(m)
	return m >> z, e - 53 + z
}

// fractionBits is how many binary places x has.
func fractionBits(x float64) int {
	if x == 0 {
		return 0
	}
	_, e := odd(x)
	return max(0, -e)
}
