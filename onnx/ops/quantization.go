package ops

import (
	"fmt"
	"math"

	"assay/ir/program"
	"assay/ir/tensor"
)

// quantization is how the integers of a tensor stand for reals: (q - zero) * scale. Scale and zero point broadcast to
// the tensor.
type quantization struct {
	dtype       tensor.DType // of the integers
	scale, zero *tensor.Float
}

// wholeLimits are the integers of a type that quantized tensors have; false for other types.
func wholeLimits(d tensor.DType) (low, high int64, ok bool) {
	switch d {
	case tensor.Uint8:
		return 0, math.MaxUint8, true
	case tensor.Int8:
		return math.MinInt8, math.MaxInt8, true
	case tensor.Uint16:
		return 0, math.MaxUint16, true
	case tensor.Int16:
		return math.MinInt16, math.MaxInt16, true
	case tensor.Int32:
		return math.MinInt32, math.MaxInt32, true
	}
	return 0, 0, false
}

// grid is the integers that reals are rounded to.
func (q quantization) grid() program.Grid {
	low, high, _ := wholeLimits(q.dtype)
	return program.Grid{Scale: q.scale, Zero: q.zero, Low: low, High: high}
}

// dequantize gives the reals of integers, in float64: products of a float32 and an integer of 29 bits are exact there.
func (q quantization) dequantize(x *tensor.Float) *tensor.Float {
	s, z := q.scale.BroadcastTo(x.Shape).Data, q.zero.BroadcastTo(x.Shape).Data
	out := tensor.New[float64](x.Shape)
	for i, v := range x.Data {
		out.Data[i] = (v - z[i]) * s[i]
	}
	return out
}

// quantization reads scale and zero point, inputs of a, of a tensor of shape s and type d, which decides where the
// zero point is omitted. A list goes along axis; with a block size, each entry along axis serves that many elements.
func (a *Attrs) quantization(s tensor.Shape, d tensor.DType, scale, zero, axis, block int) quantization {
	q := quantization{d, a.constant(scale), tensor.Scalar(0.0)}
	if v := a.input(zero); v != nil {
		if q.zero = a.constant(zero); v.Type.DType != d {
			a.fail(CodeType, fmt.Sprintf("input %d, a zero point, of %v", zero, d), v.Type.DType.String())
		}
	}
	if _, _, ok := wholeLimits(d); !ok {
		a.fail(CodeType, "quantized integers of 8, 16 or 32 bits", d.String())
	}
	if q.scale == nil || q.zero == nil || a.err != nil {
		return quantization{d, tensor.Scalar(1.0), tensor.Scalar(0.0)}
	}
	for _, v := range q.scale.Data {
		if !(v > 0) || math.IsInf(v, 0) {
			a.fail(CodeType, fmt.Sprintf("input %d, scales, finite and positive", scale), fmt.Sprint(v))
		}
	}
	q.scale, q.zero = a.along(s, q.scale, scale, axis, block), a.along(s, q.zero, zero, axis, block)
	return q
}

// along shapes parameters of a tensor of shape s, input at, so that they broadcast to it.
func (a *Attrs) along(s tensor.Shape, t *tensor.Float, at, axis, block int) *tensor.Float {
	misfit := func(want string) *tensor.Float {
		a.fail(CodeShape, fmt.Sprintf("input %d %s", at, want), t.Shape.String())
		return tensor.Scalar(1.0)
	}
	if len(t.Data) == 1 && block == 0 {
		return tensor.Scalar(t.Data[0])
	}
	if s == nil {
		return misfit("of one element")
	}
	ax, err := tensor.Axis(axis, len(s))
	if err != nil {
		a.refuse("axis", fmt.Sprintf("below the rank of %v", s), axis)
		return tensor.Scalar(1.0)
	}
	if block == 0 {
		if len(t.Shape) != 1 || t.Shape[0] != s[ax] {
			return misfit(fmt.Sprintf("of one element or %d", s[ax]))
		}
		shape := make(tensor.Shape, len(s))
		for i := range shape {
			shape[i] = 1
		}
		shape[ax] = s[ax]
		return &tensor.Float{Shape: shape, Data: t.Data}
	}
	if len(t.Shape) == 0 && len(t.Data) == 1 {
		return t
	}
	want := s.Clone()
	want[ax] = (s[ax] + block - 1) / block
	if !t.Shape.Equal(want) {
		return misfit(fmt.Sprintf("of shape %v for blocks of %d", want, block))
	}
	st := want.Strides()
	out := tensor.New[float64](s)
	walk(s, func(i int, p []int) {
		from := 0
		for d, x := range p {
			if d == ax {
				x /= block
			}
			from += x * st[d]
		}
		out.Data[i] = t.Data[from]
	})
	return out
}

// float32Ratio is x*y/z as quantized operators multiply scales, each step rounded to float32.
func float32Ratio(x, y, z float64) float64 {
	return float64(float32(x) * float32(y) / float32(z))
}

// centred is integers minus their zero point, which broadcasts to them.
func centred(x, zero *tensor.Float) *tensor.Float {
	return quantization{tensor.Int32, tensor.Scalar(1.0), zero}.dequantize(x)
}

// lowerCentred is centred for a value of a program.
func lowerCentred(b *program.Builder, x, zero *program.Value) (*program.Value, error) {
	if zero == nil {
		return x, nil
	}
	if zero.Const() == nil {
		z, err := expand(b, zero, x.Shape())
		if err != nil {
			return nil, err
		}
		if x, err = b.Add([]*program.Value{x, z}, []float64{1, -1}); err != nil {
			return nil, err
		}
		return b.Exact(x)
	}
	if x.Const() != nil {
		return b.Const(centred(x.Const(), zero.Const())), nil
	}
	return b.Dequantize(x, tensor.Scalar(1.0), zero.Const())
}

// rescale is the quantized sum of integers: acc times factor, which broadcasts, in float32, rounded to the integers
// of q.
func rescale(acc, factor *tensor.Float, q quantization) *tensor.Float {
	f, z := factor.BroadcastTo(acc.Shape).Data, q.zero.BroadcastTo(acc.Shape).Data
	g := q.grid()
	out := tensor.New[float64](acc.Shape)
	for i, v := range acc.Data {
		out.Data[i] = float64(g.Nearest(float64(float32(v)*float32(f[i])), 1, z[i]))
	}
	return out
}

// multipliers are the float32 multipliers of a quantized product, element by element of the scales of x and y broadcast.
func multipliers(x, y, out *tensor.Float) (*tensor.Float, error) {
	s, err := tensor.Broadcast(x.Shape, y.Shape)
	if err != nil {
		return nil, err
	}
	f := tensor.New[float64](s)
	xs, ys := x.BroadcastTo(s).Data, y.BroadcastTo(s).Data
	for i := range f.Data {
		f.Data[i] = float32Ratio(xs[i], ys[i], out.Data[0])
	}
	return f, nil
}
