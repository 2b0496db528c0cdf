package program

import (
	"fmt"
	"math"
)

// Whole rounds v to integers, halves up, and saturates them to [low, high]. The result has scale 1. It costs nothing
// where v is made of integers whose derived range lies within the bounds.
func (b *Builder) Whole(v *Value, low, high int64) (*Value, error) {
	if v.constant == nil && b.integral(v) {
		id, err := b.emit(v, 1)
		if err != nil {
			return nil, err
		}
		if r := b.p.Tensors[id].Range; low <= r.Min && r.Max <= high {
			return b.leafOf(v, id), nil
		}
	}
	return b.MapWhole(v, low, high, func(i int64) int64 { return i })
}

// MapWhole rounds v to integers, halves up, saturates them to [low, high] and applies f. The result has scale 1.
func (b *Builder) MapWhole(v *Value, low, high int64, f func(int64) int64) (*Value, error) {
	if low > high {
		return nil, fmt.Errorf("%s: map integers: want a lowest of at most %d, got %d", b.name, high, low)
	}
	if v.constant != nil {
		t := *v.constant
		t.Data = make([]float64, len(v.constant.Data))
		for i, x := range v.constant.Data {
			// Held within the bounds as a real first: an infinity is no integer.
			x = math.Max(float64(low), math.Min(float64(high), math.Floor(x+0.5)))
			t.Data[i] = float64(f(int64(x)))
		}
		return b.Const(&t), nil
	}
	shift := 0
	if !b.integral(v) {
		shift = b.opt.Shift
		for shift+b.opt.Shift <= MaxShift && v.expr.noise(b) > math.Ldexp(lookupNoise, shift) {
			shift += b.opt.Shift
		}
	}
	id, err := b.attempt(v, math.Ldexp(1, -shift), MaxMagnitude)
	for err != nil && shift > b.opt.Shift {
		shift = max(shift-2, b.opt.Shift)
		id, err = b.attempt(v, math.Ldexp(1, -shift), MaxMagnitude)
	}
	if err != nil {
		return nil, err
	}
	k := &Lookup{Arg: id, Shift: uint(shift)}
	r := b.p.Tensors[id].Range
	first := min(max(k.Index(r.Min), low), high)
	last := min(max(k.Index(r.Max), low), high)
	if last-first >= maxTable {
		return nil, fmt.Errorf("%s: map integers: want at most %d of them, got %d", b.name, maxTable, last-first+1)
	}
	k.Low = first
	for i := first; i <= last; i++ {
		k.Table = append(k.Table, f(i))
	}
	k.trim()
	if id, err = b.add(k, 1); err != nil {
		return nil, err
	}
	return b.leafOf(v, id), nil
}

// leafOf is tensor id in the shape of v.
func (b *Builder) leafOf(v *Value, id int) *Value {
	w := newValue(v.shape, leaf{id})
	r, s := b.p.Tensors[id].Range, b.p.Tensors[id].Scale
	w.observed = Interval{float64(r.Min) * s, float64(r.Max) * s}
	return w
}

// integral reports whether v emits at scale 1 without rounding: it is made of integers, and so are its coefficients.
func (b *Builder) integral(v *Value) bool {
	if v.constant != nil {
		return wholes(v.constant.Data, 1)
	}
	switch e := v.expr.(type) {
	case leaf:
		return wholes([]float64{b.p.Tensors[e.id].Scale}, 1)
	case *linear:
		for _, t := range e.terms {
			var weights []float64
			switch m := t.m.(type) {
			case *realDiagonal:
				weights = m.weights
			case *realDense:
				weights = m.weights
			case *realWindow:
				weights = m.weights
			case *realConv:
				weights = m.weights
			default:
				return false
			}
			if !wholes(weights, b.p.Tensors[t.id].Scale) {
				return false
			}
		}
		return wholes(e.bias, 1)
	case *gather:
		for _, x := range e.of {
			if !b.integral(x) {
				return false
			}
		}
		return wholes([]float64{e.fill}, 1)
	case *maximum:
		return b.integral(e.of)
	}
	return false
}

// wholes reports whether every v*scale is an integer that a float64 holds exactly.
func wholes(v []float64, scale float64) bool {
	for _, x := range v {
		if x *= scale; x != math.Round(x) || math.Abs(x) > 1<<52 {
			return false
		}
	}
	return true
}

// settle makes v a tensor of the program: integers as they are, a function at its precision, and other expressions
// by round.
func (b *Builder) settle(v *Value, round func(*Value) (int, error)) (int, error) {
	switch v.expr.(type) {
	case *mapped:
		return b.narrow(v)
	case *linear, *gather, *maximum:
		if b.integral(v) {
			id, err := b.emit(v, 1)
			if err != nil {
				return 0, err
			}
			v.expr = leaf{id}
			return id, nil
		}
	}
	return round(v)
}

// wholeTable is the number of rows up to which a function from integers to integers is tabulated as it is.
const wholeTable = 1 << 13

// mapIntegers is f of a tensor of scale 1 whose every integer f maps to one, and which has few; else nil.
func (b *Builder) mapIntegers(x *Value, f func(float64) float64) (*Value, error) {
	l, ok := x.expr.(leaf)
	if !ok || b.p.Tensors[l.id].Scale != 1 || b.p.Tensors[l.id].Range.Span() >= wholeTable {
		return nil, nil
	}
	r := b.p.Tensors[l.id].Range
	for i := r.Min; i <= r.Max; i++ {
		if !wholes([]float64{f(float64(i))}, 1) {
			return nil, nil
		}
	}
	return b.MapWhole(x, r.Min, r.Max, func(i int64) int64 { return int64(f(float64(i))) })
}
