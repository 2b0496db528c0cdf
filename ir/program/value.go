package program

import (
	"math"

	"assay/ir/tensor"
)

// Interval is a closed interval of reals.
type Interval struct{ Min, Max float64 }

// Valid reports whether the interval is finite and not empty.
func (r Interval) Valid() bool {
	return r.Min <= r.Max && !math.IsInf(r.Min, 0) && !math.IsInf(r.Max, 0)
}

// Value is a tensor while a program is being built: a constant, a quantized tensor, or a real-valued
// expression over quantized tensors that has not been rounded yet. Operators only hold and pass it on.
type Value struct {
	shape    tensor.Shape
	constant *tensor.Float
	expr     expr
	observed Interval // of the real values on calibration data; not Valid when unknown
	bits     int      // levels when it is rounded: 2^bits; 0 for Options.Bits
}

// Shape is the shape of the value.
func (v *Value) Shape() tensor.Shape { return v.shape }

// Const is the tensor when the value is known at compile time, else nil.
func (v *Value) Const() *tensor.Float { return v.constant }

// Observe records the interval of real values that calibration saw. It decides the scale when the value is
// rounded.
func (v *Value) Observe(r Interval) { v.observed = r }

// SetBits makes the value, when it is rounded, have 2^bits levels in place of the builder's; 0 leaves it as it is.
func (v *Value) SetBits(bits int) {
	if bits == 0 {
		return
	}
	v.bits = bits
	if m, ok := v.expr.(*mapped); ok {
		m.bits = bits
	}
}

var unknown = Interval{Min: math.Inf(1), Max: math.Inf(-1)}

func newValue(s tensor.Shape, e expr) *Value {
	return &Value{shape: s.Clone(), expr: e, observed: unknown}
}
