package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Cast", 6, decodeCast) }

// cast changes the element type. Between types of reals, and from integers to reals, it passes values on: a
// narrower type of reals does not round. Reals become integers by truncation, truth values by being other than zero.
type cast struct{ from, to tensor.DType }

// Cast (ONNX 6, 9, 13, 19, 21). saturate and round_mode concern 8-bit floats only, which are not supported.
func decodeCast(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	a.ignore("saturate", "round_mode")
	if !a.has("to") {
		a.refuse("to", "present", "none")
	}
	return newCast(a, tensor.DType(a.int("to", 0))), nil
}

func newCast(a *Attrs, to tensor.DType) cast {
	o := cast{a.In[0].Type.DType, to}
	if !o.to.IsFloat() && !o.to.IsInteger() && o.to != tensor.Bool {
		a.refuse("to", "a type of numbers", o.to)
	}
	return o
}

func (o cast) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{{DType: o.to, Shape: in[0].Type.Shape}}, nil
}

// plain reports whether values pass unchanged.
func (o cast) plain() bool { return o.to.IsFloat() || o.to == o.from || o.from == tensor.Bool }

func (o cast) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{o.real(in[0])}, nil
}

// real is the cast of x.
func (o cast) real(x *tensor.Float) *tensor.Float {
	if o.plain() {
		return x
	}
	return mapTensor(x, o.convert)
}

// convert is one element of a cast that is not plain.
func (o cast) convert(x float64) float64 {
	switch {
	case o.to == tensor.Bool && x != 0:
		return 1
	case o.to == tensor.Bool:
		return 0
	}
	return wrap(math.Trunc(x), o.to)
}

func (o cast) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if in[0].Const() != nil && !o.plain() {
		return nil, notLowered("a variable", "a constant")
	}
	if o.plain() || o.keeps() {
		return in[:1], nil
	}
	return one(b.Convert(in[0], o.convert))
}

// narrowTypes are the widths of the types of integers that are narrower than 32 bits.
var narrowTypes = map[tensor.DType]int{tensor.Int8: 8, tensor.Uint8: 8, tensor.Int16: 16, tensor.Uint16: 16}

// keeps reports whether a cast between types of integers passes values on: to at least 32 bits, which hold what a
// program computes with.
func (o cast) keeps() bool { return o.from.IsInteger() && o.to.IsInteger() && narrowTypes[o.to] == 0 }

// wrap reduces an integer to the width of d, in two's complement.
func wrap(x float64, d tensor.DType) float64 {
	v := int64(saturate(x))
	switch d {
	case tensor.Int8:
		return float64(int8(v))
	case tensor.Uint8:
		return float64(uint8(v))
	case tensor.Int16:
		return float64(int16(v))
	case tensor.Uint16:
		return float64(uint16(v))
	case tensor.Int32:
		return float64(int32(v))
	case tensor.Uint32:
		return float64(uint32(v))
	case tensor.Uint64:
		return float64(uint64(v))
	}
	return x
}
