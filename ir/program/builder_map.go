package program

import (
	"fmt"
	"math"
	mathbits "math/bits"
	"slices"

	"assay/ir/tensor"
)

const (
	maxTable    = 1 << 17 // rows of one lookup table
	directTable = 1 << 10 // rows up to which a rounded tensor is looked up as it is
	lookupNoise = 0.3     // noise that a lookup bears by default, in steps of its table
)

// Map applies f to each element: rounding, saturation and f are one table lookup.
func (b *Builder) Map(x *Value, f func(float64) float64) (*Value, error) {
	out := b.target
	if !out.Valid() {
		return nil, fmt.Errorf("%s: map: no observed interval for the result", b.name)
	}
	if v, err := b.mapIntegers(x, f); v != nil || err != nil {
		return v, err
	}
	m := &mapped{x, f, out, b.name, 0, max(b.shared, x.shape.Size())}
	if in, err := b.interval(x); err == nil && m.monotone(in) {
		// A sigmoid takes its natural interval, so that layers share one table.
		lo, hi := f(-far), f(far)
		if lo < hi && hi-lo <= 2 && lo <= out.Min && out.Max <= hi && out.Max-out.Min > (hi-lo)/2 {
			m.out = Interval{lo, hi}
		}
	}
	v := newValue(x.shape, m)
	v.observed = m.out
	return v, nil
}

// far is where a sigmoid has reached its limits.
const far = 1e9

// mapped is a function that has not been tabulated yet. A maximum may still move before it.
type mapped struct {
	of   *Value
	f    func(float64) float64
	out  Interval
	name string
	bits int // of the result; 0 for Options.Bits

	elements int // that share the function
}

func (e *mapped) emit(b *Builder, s tensor.Shape, unit float64) (int, error) {
	id, err := e.tabulate(b)
	if err != nil {
		return 0, err
	}
	return leaf{id}.emit(b, s, unit)
}

// tabulate makes the lookup under the name of the operator that asked for it.
func (e *mapped) tabulate(b *Builder) (int, error) {
	defer func(n string) { b.name = n }(b.name)
	b.name = e.name
	return b.lookupOf(e.of, e.out, e.bits, e.elements, e.f)
}

// monotone reports whether f never decreases on a grid over the interval and beyond it.
func (e *mapped) monotone(in Interval) bool {
	const samples = 4096
	lo, hi := 2*in.Min-in.Max, 2*in.Max-in.Min
	last := e.f(lo)
	for i := 1; i <= samples; i++ {
		y := e.f(lo + (hi-lo)*float64(i)/samples)
		if !(y >= last) {
			return false
		}
		last = y
	}
	return true
}

// lookup emits x and a table of f over its range, with the result quantized over out to bits, or to Options.Bits
// where that is 0.
func (b *Builder) lookup(x *Value, out Interval, bits int, f func(float64) float64) (int, error) {
	return b.lookupOf(x, out, bits, x.shape.Size(), f)
}

// lookupOf is lookup with the number of elements that share the function.
func (b *Builder) lookupOf(x *Value, out Interval, bits, elements int, f func(float64) float64) (int, error) {
	q := newQuantizer(out, bits)
	if bits == 0 {
		bits = b.opt.Bits
		q = spread(out, b.levels())
	}
	if q.low == -q.high {
		q.low-- // all tables of a rounding to as many bits are one table then
	}
	at := func(v float64) int64 { return q.quantize(f(v)) }
	if _, ok := x.expr.(*mapped); ok {
		if _, err := b.narrow(x); err != nil {
			return 0, err
		}
	}
	if _, err := b.pushed(x); err != nil {
		return 0, err
	}
	if l, ok := x.expr.(leaf); ok {
		t := b.p.Tensors[l.id]
		if t.Range.Span() < directTable {
			k := &Lookup{Arg: l.id, Low: t.Range.Min}
			for i := t.Range.Min; i <= t.Range.Max; i++ {
				k.Table = append(k.Table, at(float64(i)*t.Scale))
			}
			k.trim()
			return b.add(k, q.scale)
		}
	}
	in, err := b.interval(x)
	if err != nil {
		return 0, err
	}
	in = active(f, in, q)
	step, exact := tableStep(f, in, q, rowBits(elements, bits))
	var arg rounding
	if p, ok := b.proportional(x); ok {
		if arg, err = p.round(b, x, step, exact); err != nil {
			return 0, err
		}
		if exact && whole(f, in, math.Abs(arg.slope)) {
			q = q.rescale(math.Abs(arg.slope))
		}
	} else if arg, ok = b.roundWhole(x, step); ok {
		if exact && whole(f, in, arg.slope) {
			q = q.rescale(arg.slope)
		}
	} else {
		arg = rounding{shift: b.shiftFor(x), slope: step}
		// An input may be finer than the sums of a wide one leave room for.
		for arg.id, err = b.attempt(x, math.Ldexp(step, -arg.shift), MaxMagnitude); err != nil && arg.shift > b.opt.Shift; {
			arg.shift = max(arg.shift-2, b.opt.Shift)
			arg.id, err = b.attempt(x, math.Ldexp(step, -arg.shift), MaxMagnitude)
		}
		if err != nil {
			return 0, err
		}
	}
	k := &Lookup{Arg: arg.id, Shift: uint(arg.shift)}
	r := b.p.Tensors[arg.id].Range
	lo, hi := k.Index(r.Min), k.Index(r.Max)
	if hi-lo >= maxTable {
		// Beyond twice the observed interval, or what a table holds, it saturates at the value found there.
		c, w := ((in.Min+in.Max)/2-arg.at0)/arg.slope, (in.Max-in.Min)/math.Abs(arg.slope)+1
		w = min(w, maxTable/2-2)
		lo, hi = max(lo, int64(math.Floor(c-w))), min(hi, int64(math.Ceil(c+w)))
		if hi < lo {
			lo = max(k.Index(r.Min), min(lo, k.Index(r.Max)))
			hi = lo
		}
		if hi-lo >= maxTable {
			return 0, fmt.Errorf("%s: lookup: want at most %d table rows, got %d", b.name, maxTable, hi-lo+1)
		}
	}
	tabulate := func(q quantizer) *Lookup {
		t := &Lookup{Arg: k.Arg, Shift: k.Shift, Low: lo, Table: make(Ints, 0, hi-lo+1)}
		for i := lo; i <= hi; i++ {
			t.Table = append(t.Table, q.quantize(f(float64(i)*arg.slope+arg.at0)))
		}
		t.trim()
		return t
	}
	k = tabulate(q)
	if k.Low > lo && k.High() < hi && k.rise()%2 == 0 {
		// A function that is constant at both ends costs fewer rows if these are an odd number apart. One that is cut off may be so
		// a level later or earlier; one that has a limit keeps it.
		later, earlier := tabulate(quantizer{q.scale, q.low, q.high + 1}), tabulate(quantizer{q.scale, q.low, q.high - 1})
		switch more := mathbits.Len64(uint64(q.high+1-q.low)) > mathbits.Len64(uint64(q.high-q.low)); {
		case later.rise()%2 == 0:
		case more:
			k = earlier
		default:
			k = later
		}
	}
	return b.add(k, q.scale)
}

// shiftFor is how many bits finer than a table's step v is computed, so that rounded coefficients do not show.
func (b *Builder) shiftFor(v *Value) int {
	need := math.Ceil(math.Log2(v.expr.noise(b) / b.opt.Noise))
	return int(math.Min(math.Max(need, float64(b.opt.Shift)), MaxShift))
}

// rise is how far the ends of the table are apart.
func (k *Lookup) rise() int64 { return k.Table[len(k.Table)-1] - k.Table[0] }

// trim drops the constant tails of the table, which saturation supplies.
func (k *Lookup) trim() {
	n := len(k.Table)
	a, z := 0, n-1
	for a < z && k.Table[a+1] == k.Table[0] {
		a++
	}
	for z > a && k.Table[z-1] == k.Table[n-1] {
		z--
	}
	k.Table = slices.Clone(k.Table[a : z+1])
	k.Low += int64(a)
}

// tableStep is the distance between the table's arguments: the output scale for functions that it renders exactly,
// and else a power of two times it, half a level of output apart at the steepest place. The
// interval has about 2^rows steps at most.
func tableStep(f func(float64) float64, in Interval, q quantizer, rows int) (step float64, exact bool) {
	const samples = 4096
	span := in.Max - in.Min
	if !(span > 0) {
		return q.scale, false
	}
	if whole(f, in, q.scale) {
		return q.scale, true
	}
	slope := 0.0
	d := span / samples
	for i := range samples {
		x := in.Min + float64(i)*d
		// At a pole there are never steps enough.
		if v := math.Abs(f(x+d)-f(x)) / d; v > slope && !math.IsInf(v, 0) {
			slope = v
		}
	}
	if !(slope > 0) {
		return q.scale, false
	}
	e := math.Round(math.Log2(1 / (2 * slope)))
	e = math.Max(e, float64(mathbits.Len64(uint64(span/q.scale))-rows))
	return math.Ldexp(q.scale, int(e)), false
}

// rowBits bounds the steps of a table across its interval, as a power of two: a row costs a constraint, so few elements
// get few, but not fewer than their result has levels.
func rowBits(elements, bits int) int {
	const most, each = 14, 16 // rows an element
	return min(max(bits, mathbits.Len(uint(each*elements))), max(most, bits))
}

// whole reports whether f maps multiples of scale to such, mostly: piecewise linear functions of unit slope do.
func whole(f func(float64) float64, in Interval, scale float64) bool {
	const samples = 4096
	lo, hi := math.Max(in.Min/scale, -samples), math.Min(in.Max/scale, samples)
	n, seen := 0, 0
	for i := math.Ceil(lo); i <= hi; i++ {
		y := f(i*scale) / scale
		seen++
		if math.Abs(y-math.Round(y)) < 1e-6 {
			n++
		}
	}
	return seen > 0 && 2*n >= seen
}
