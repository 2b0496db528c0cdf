package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("BitCast", 26, decodeBitCast) }

// bitCast (ONNX 26) reads the bits of an element as a type of the same width. Its integer form is between integers;
// the bits of reals are those of constants, of 32 and 64 bits.
type bitCast struct{ from, to tensor.DType }

func decodeBitCast(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	o := bitCast{a.In[0].Type.DType, tensor.DType(a.int("to", 0))}
	if bitsOf[o.from] == 0 || bitsOf[o.from] != bitsOf[o.to] {
		a.refuse("to", fmt.Sprintf("a type as wide as %v", o.from), o.to)
	}
	if (o.from.IsFloat() || o.to.IsFloat()) && o.from != o.to {
		a.constant(0)
	}
	return o, nil
}

// bitsOf are the widths of the types whose bits are known.
var bitsOf = map[tensor.DType]int{tensor.Bool: 8, tensor.Int8: 8, tensor.Uint8: 8, tensor.Int16: 16, tensor.Uint16: 16,
	tensor.Int32: 32, tensor.Uint32: 32, tensor.Int64: 64, tensor.Uint64: 64, tensor.Float32: 32, tensor.Float64: 64}

func (o bitCast) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{{DType: o.to, Shape: in[0].Type.Shape}}, nil
}

func (o bitCast) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{mapTensor(in[0], o.convert)}, nil
}

// convert is one element.
func (o bitCast) convert(x float64) float64 {
	var bits uint64
	switch {
	case o.from == tensor.Float32:
		bits = uint64(math.Float32bits(float32(x)))
	case o.from == tensor.Float64:
		bits = math.Float64bits(x)
	case x < 0:
		bits = uint64(int64(x))
	default:
		bits = uint64(x)
	}
	_, err := unsigned(o.to)
	width := bitsOf[o.to]
	switch bits <<= 64 - width; {
	case o.to == tensor.Float32:
		return float64(math.Float32frombits(uint32(bits >> 32)))
	case o.to == tensor.Float64:
		return math.Float64frombits(bits)
	case err == nil || o.to == tensor.Bool:
		return float64(bits >> (64 - width))
	}
	return float64(int64(bits) >> (64 - width))
}

func (o bitCast) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if o.from == o.to || o.from == tensor.Bool {
		return in[:1], nil
	}
	if o.to == tensor.Bool {
		return nil, notLowered("a type of numbers", "truth values")
	}
	_, err := unsigned(o.to)
	return one(b.Wrap(in[0], bitsOf[o.to], err != nil))
}
