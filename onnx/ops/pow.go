package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Pow", 7, decodePow) }

// Pow (ONNX 7, 12, 13, 15): x to the power y, of the type of x. Integers to a variable power have no integer form.
func decodePow(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 2) {
		return nil, nil
	}
	f := math.Pow
	if whole := a.In[0].Type.DType.IsInteger(); whole {
		f = func(x, y float64) float64 { return math.Trunc(math.Pow(x, y)) }
	}
	at, c, ok := withScalar(a)
	switch {
	case ok && at == 0:
		return power{unary{f: func(x float64) float64 { return f(x, c) }, monotone: c == 1}, c}, nil
	case ok && a.In[0].Type.DType == a.In[1].Type.DType:
		return unary{f: func(x float64) float64 { return f(c, x) }, monotone: c >= 1, at: 1}, nil
	}
	return powers{binary{f: f, mixed: true}}, nil
}

// mostFactors is the largest exponent for which a power of integers is a product.
const mostFactors = 16

// factors reports whether a power is best multiplied out.
func factors(exponent float64, d tensor.DType) bool {
	return exponent == math.Trunc(exponent) && exponent >= 0 && exponent <= mostFactors && (d.IsInteger() || exponent <= 2)
}

// power is x to a constant power.
type power struct {
	unary
	exponent float64
}

var _ graph.Composite = power{}

func (o power) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c, v := composing(x), in[0]
	switch {
	case o.exponent == 2 && !v.Type.DType.IsInteger():
		return nil, graph.ErrAtomic
	case factors(o.exponent, v.Type.DType):
		return c.done(c.raise(v, tensor.Scalar(o.exponent)))
	case o.exponent == 0.5:
		return c.done(c.sqrt(v))
	case o.exponent == -0.5:
		return c.done(c.reciprocal(c.sqrt(v)))
	case o.exponent == -1:
		return c.done(c.reciprocal(v))
	}
	return nil, graph.ErrAtomic
}

func (o power) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if o.exponent == 2 {
		return one(b.Product(in[0], in[0]))
	}
	return o.unary.Lower(b, in)
}

// powers is x to the power y, element by element.
type powers struct{ binary }

var _ graph.Composite = powers{}

func (o powers) Infer(in []*graph.Value) ([]graph.Type, error) {
	if in[0].Type.DType.IsInteger() && in[1].Const == nil && in[0].Const == nil {
		return nil, &graph.Error{Code: CodeNotConstant, Want: "integers to constant powers", Got: fmt.Sprintf("variable %q", in[1].Name)}
	}
	return o.binary.Infer(in)
}

// Expand multiplies constant powers out where it can, and is exp(y*log(x)) else, which is for x > 0.
func (o powers) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	if k := in[1].Const; k != nil {
		product := true
		for _, v := range k.Data {
			product = product && v == math.Trunc(v) && v >= 0 && v <= mostFactors
		}
		if product {
			return c.done(c.raise(in[0], k))
		}
	}
	return c.done(c.exp(c.mul(c.cast(in[1], in[0].Type.DType), c.log(in[0]))))
}

// raise is x to the powers k, whole numbers from 0 up, by repeated squaring; k broadcasts.
func (c *compose) raise(x *graph.Value, k *tensor.Float) *graph.Value {
	if c.err != nil {
		return nil
	}
	y := c.mul(x, c.tensor(x, mapTensor(k, func(v float64) float64 { return math.Mod(v, 2) })))
	y = c.add(y, c.tensor(x, mapTensor(k, func(v float64) float64 { return 1 - math.Mod(v, 2) })))
	for bit := 2.0; ; bit *= 2 {
		more := false
		has := mapTensor(k, func(v float64) float64 {
			more = more || v >= bit
			return math.Mod(math.Floor(v/bit), 2)
		})
		if !more {
			break
		}
		x = c.exact(c.square(x))
		// y times x where the bit is set.
		f := c.add(c.mul(x, c.tensor(x, has)), c.tensor(x, mapTensor(has, func(h float64) float64 { return 1 - h })))
		y = c.mul(c.exact(y), c.exact(f))
	}
	return y
}
