package program

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

// Grid is the integers of a quantized tensor as ONNX has them: q stands for the real number (q - Zero) * Scale, and
// a real x becomes saturate(round(x / Scale) + Zero), halves to even, saturated to [Low, High].
type Grid struct {
	Scale     *tensor.Float // positive; broadcasts to the tensor
	Zero      *tensor.Float // integers; broadcasts to the tensor
	Low, High int64
	Before    bool // the zero point is added before rounding: that moves halves where it is odd
}

// Uniform reports whether one scale and one zero point serve all elements.
func (g Grid) Uniform() bool { return len(g.Scale.Data) == 1 && len(g.Zero.Data) == 1 }

// check refuses a grid that does not fit a tensor of shape s.
func (g Grid) check(s tensor.Shape) error {
	for _, t := range []*tensor.Float{g.Scale, g.Zero} {
		if out, err := tensor.Broadcast(t.Shape, s); err != nil || !out.Equal(s) {
			return fmt.Errorf("want scales and zero points that broadcast to %v, got %v and %v", s, g.Scale.Shape, g.Zero.Shape)
		}
	}
	for _, v := range g.Scale.Data {
		if !(v > 0) || math.IsInf(v, 0) {
			return fmt.Errorf("want finite scales > 0, got %v", v)
		}
	}
	for _, z := range g.Zero.Data {
		if z != math.Round(z) || z < float64(g.Low) || z > float64(g.High) {
			return fmt.Errorf("want zero points that are integers within [%d, %d], got %v", g.Low, g.High, z)
		}
	}
	return nil
}

// Nearest is the integer of x on a grid of the given scale and zero point. Like ONNX's QuantizeLinear of float32 it
// rounds x to float32 and divides in it; an infinity saturates, NaN gives the zero point.
func (g Grid) Nearest(x, scale, zero float64) int64 {
	v := math.RoundToEven(float64(float32(x) / float32(scale)))
	if g.Before {
		v = math.RoundToEven(float64(float32(x)/float32(scale) + float32(zero)))
	} else {
		v += zero
	}
	if math.IsNaN(v) {
		v = zero
	}
	return int64(math.Max(float64(g.Low), math.Min(float64(g.High), v)))
}

// GridInput declares an input on a uniform grid: its integers count from the zero point. Rounding its values to the grid,
// halves to even, is left to whoever supplies them.
func (b *Builder) GridInput(name string, s tensor.Shape, g Grid) *Value {
	zero := int64(g.Zero.Data[0])
	v := b.Integers(name, s, g.Low-zero, g.High-zero)
	b.p.Tensors[v.expr.(leaf).id].Scale = g.Scale.Data[0]
	v.observed = Interval{float64(g.Low-zero) * g.Scale.Data[0], float64(g.High-zero) * g.Scale.Data[0]}
	return v
}

// Quantize rounds x to the integers of the grid. The result has scale 1 and holds what ONNX's QuantizeLinear gives.
//
// Values on a grid of few levels, and functions of them, become a table of what float32 arithmetic makes of each.
// Sums of constant multiples of tensors, such as convolutions of dequantized tensors, are computed exactly in
// multiples of a power of two, with each multiplier the float32 that a quantized operator multiplies its sum of
// integers by, and then rounded once.
func (b *Builder) Quantize(x *Value, g Grid) (*Value, error) {
	if err := g.check(x.shape); err != nil {
		return nil, fmt.Errorf("%s: quantize: %w", b.name, err)
	}
	if x.constant != nil {
		return b.Const(g.Integers(x.constant)), nil
	}
	scale := g.Scale.BroadcastTo(x.shape).Data
	r := ratio{
		multiplier: func(unit float64, i int) float64 { return float64(float32(unit) / float32(scale[i])) },
		real:       func(v float64, i int) float64 { return v / scale[i] },
		quotient:   func(v float64, i int) float32 { return float32(v) / float32(scale[i]) },
	}
	if g.Uniform() {
		if v, err := b.quantizeForm(x, g); v != nil || err != nil {
			return v, err
		}
	}
	l, err := b.sum(x)
	if err != nil {
		return nil, err
	}
	return b.roundSum(x, l, g, r)
}

// Requantize multiplies x, which is made of integers, by factor, which broadcasts to x, and rounds to the integers of
// the grid, whose scale it does not use. The factors are float32, and nothing else is rounded.
func (b *Builder) Requantize(x *Value, factor *tensor.Float, g Grid) (*Value, error) {
	if x.constant != nil || !b.integral(x) {
		return nil, fmt.Errorf("%s: requantize: want a variable made of integers", b.name)
	}
	g.Scale = tensor.Scalar(1.0)
	if err := g.check(x.shape); err != nil {
		return nil, fmt.Errorf("%s: requantize: %w", b.name, err)
	}
	if out, err := tensor.Broadcast(factor.Shape, x.shape); err != nil || !out.Equal(x.shape) {
		return nil, fmt.Errorf("%s: requantize: want factors that broadcast to %v, got %v", b.name, x.shape, factor.Shape)
	}
	l, err := b.sum(x)
	if err != nil {
		return nil, err
	}
	f := factor.BroadcastTo(x.shape).Data
	times := func(v float64, i int) float64 { return v * f[i] }
	return b.roundSum(x, l, g, ratio{multiplier: times, real: times, integers: true})
}

// Dequantize gives the reals that the integers x stand for. Integers of a uniform grid are a tensor of that scale, and
// nothing is rounded.
func (b *Builder) Dequantize(x *Value, scale, zero *tensor.Float) (*Value, error) {
	if x.constant == nil && len(scale.Data) == 1 && len(zero.Data) == 1 && b.integral(x) {
		if _, linear := x.expr.(*linear); !linear {
			id, err := b.settle(x, b.wide)
			if err != nil {
				return nil, err
			}
			z := zero.Data[0]
			k := &Linear{Terms: []Term{{id, &DiagonalMap{Size: x.shape.Size(), Weights: Ints{1}}}}, Bias: Ints{roundToInt(-z)}, Shape: x.shape}
			if id, err = b.add(k, scale.Data[0]); err != nil {
				return nil, err
			}
			return b.leafOf(x, id), nil
		}
	}
	shift := tensor.New[float64](x.shape)
	s, z := scale.BroadcastTo(x.shape), zero.BroadcastTo(x.shape)
	for i := range shift.Data {
		shift.Data[i] = -s.Data[i] * z.Data[i]
	}
	return b.Affine(x, scale, shift)
}

// Integers is the grid's integer of each element of t.
func (g Grid) Integers(t *tensor.Float) *tensor.Float {
	s, z := g.Scale.BroadcastTo(t.Shape).Data, g.Zero.BroadcastTo(t.Shape).Data
	q := tensor.New[float64](t.Shape)
	for i, v := range t.Data {
		q.Data[i] = float64(g.Nearest(v, s[i], z[i]))
	}
	return q
}

// sum views x as a sum of constant multiples of tensors.
func (b *Builder) sum(x *Value) (*linear, error) {
	if l, ok := x.expr.(*linear); ok {
		return l, nil
	}
	id, err := b.settle(x, func(v *Value) (int, error) { return b.exact(v, 0) })
	if err != nil {
		return nil, err
	}
	return leaf{id}.linear(x.shape), nil
}

// quantizeForm rounds what is not a sum to a uniform grid. Rounding never decreases, so it commutes with maxima and with
// saturation, and it is done before elements move. It gives nil for a sum.
func (b *Builder) quantizeForm(x *Value, g Grid) (*Value, error) {
	scale, zero := g.Scale.Data[0], g.Zero.Data[0]
	switch e := x.expr.(type) {
	case leaf:
		t := b.p.Tensors[e.id]
		if t.Scale == scale && t.Range.Min+int64(zero) >= g.Low && t.Range.Max+int64(zero) <= g.High {
			k := &Linear{Terms: []Term{{e.id, &DiagonalMap{Size: x.shape.Size(), Weights: Ints{1}}}}, Bias: Ints{int64(zero)}, Shape: x.shape}
			id, err := b.add(k, 1)
			if err != nil {
				return nil, err
			}
			return b.leafOf(x, id), nil
		}
		return b.quantizeTable(x, g, func(v float64) float64 { return v })
	case *mapped:
		if v, err := b.quantizeTable(e.of, g, e.f); v != nil || err != nil {
			return v, err
		}
		if low, high, ok := e.clamps(b); ok {
			g.Low = min(max(g.Low, g.Nearest(low, scale, zero)), g.High)
			g.High = max(min(g.High, g.Nearest(high, scale, zero)), g.Low)
			return b.Quantize(e.of, g)
		}
		e.bits = max(e.bits, mostLevels)
		if _, err := b.narrow(x); err != nil {
			return nil, err
		}
	case *maximum:
		v, err := b.Quantize(e.of, g)
		if err != nil {
			return nil, err
		}
		return b.MaxWindow(v, e.window)
	case *gather:
		of := make([]*Value, len(e.of))
		for i, v := range e.of {
			var err error
			if of[i], err = b.Quantize(v, g); err != nil {
				return nil, err
			}
		}
		if e.index == nil {
			return b.Reshape(of[0], x.shape)
		}
		return b.Gather(x.shape, e.index, float64(g.Nearest(e.fill, scale, zero)), of...)
	}
	return nil, nil
}

// quantizeTable tabulates the grid's integer of f of each integer that x can be. It gives nil where those are many.
func (b *Builder) quantizeTable(x *Value, g Grid, f func(float64) float64) (*Value, error) {
	l, ok := x.expr.(leaf)
	if !ok || b.p.Tensors[l.id].Range.Span() >= directTable {
		return nil, nil
	}
	t := b.p.Tensors[l.id]
	k := &Lookup{Arg: l.id, Low: t.Range.Min}
	for i := t.Range.Min; i <= t.Range.Max; i++ {
		k.Table = append(k.Table, g.Nearest(f(float64(i)*t.Scale), g.Scale.Data[0], g.Zero.Data[0]))
	}
	k.trim()
	id, err := b.add(k, 1)
	if err != nil {
		return nil, err
	}
	return b.leafOf(x, id), nil
}

// clamps reports whether the function only saturates its argument, and to what interval, perhaps infinite: on a grid
// over the observed interval of the argument and its limits.
func (e *mapped) clamps(b *Builder) (low, high float64, ok bool) {
	const samples = 4096
	in, err := b.interval(e.of)
	if err != nil {
		return 0, 0, false
	}
	low, high = math.Inf(-1), math.Inf(1)
	if y := e.f(-far); y != -far {
		low = y
	}
	if y := e.f(far); y != far {
		high = y
	}
	if low > high {
		return 0, 0, false
	}
	w := math.Max(in.Max-in.Min, 1)
	for i := range samples + 1 {
		x := in.Min - w + 3*w*float64(i)/samples
		if e.f(x) != math.Max(low, math.Min(high, x)) {
			return 0, 0, false
		}
	}
	return low, high, true
}
