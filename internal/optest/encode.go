package optest

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"assay/ir/tensor"
)

// Model is a model to be written as an .onnx file.
type Model struct {
	Opset   int            // of ONNX's own domain; 0 where the model does not import it
	Domains map[string]int // version of each other domain
	Name    string
	Nodes   []Node
	Inputs  []Port
	Outputs []string
	Init    []Tensor
}

// Port is a model input. An extent is an int, or a string that names it; "" is unknown.
type Port struct {
	Name  string
	DType tensor.DType
	Dims  []any
}

// Node is a node. An attribute is an int, float64, string, slice of one of these, or Tensor.
type Node struct {
	Name, Op, Domain string
	In, Out          []string
	Attrs            map[string]any
}

// Tensor is a tensor that is written as raw little-endian data.
type Tensor struct {
	Name  string
	DType tensor.DType
	Value *tensor.Float // nil for an omitted optional input
	Fixed bool          // an initializer, not an input
}

// Marshal gives the bytes of the file.
func (m Model) Marshal() []byte {
	var g []byte
	for _, n := range m.Nodes {
		g = appendMessage(g, 1, n.marshal())
	}
	g = appendString(g, 2, m.Name)
	for _, t := range m.Init {
		g = appendMessage(g, 5, t.Marshal())
	}
	for _, p := range m.Inputs {
		g = appendMessage(g, 11, p.marshal())
	}
	for _, name := range m.Outputs {
		g = appendMessage(g, 12, appendString(nil, 1, name))
	}
	b := appendInt(nil, 1, 8)
	b = appendString(b, 2, "optest")
	b = appendMessage(b, 7, g)
	if m.Opset != 0 {
		b = appendMessage(b, 8, appendInt(nil, 2, int64(m.Opset)))
	}
	for _, domain := range slices.Sorted(maps.Keys(m.Domains)) {
		b = appendMessage(b, 8, appendInt(appendString(nil, 1, domain), 2, int64(m.Domains[domain])))
	}
	return b
}

func (n Node) marshal() (b []byte) {
	for _, s := range n.In {
		b = appendString(b, 1, s)
	}
	for _, s := range n.Out {
		b = appendString(b, 2, s)
	}
	b = appendString(b, 3, n.Name)
	b = appendString(b, 4, n.Op)
	var names []string
	for name := range n.Attrs {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b = appendMessage(b, 5, marshalAttr(name, n.Attrs[name]))
	}
	if n.Domain != "" {
		b = appendString(b, 7, n.Domain)
	}
	return b
}

func marshalAttr(name string, v any) []byte {
	b := appendString(nil, 1, name)
	kind := int64(0)
	switch v := v.(type) {
	case float64:
		kind, b = 1, appendFloat(b, 2, v)
	case int:
		kind, b = 2, appendInt(b, 3, int64(v))
	case string:
		kind, b = 3, appendString(b, 4, v)
	case Tensor:
		kind, b = 4, appendMessage(b, 5, v.Marshal())
	case []float64:
		kind = 6
		for _, x := range v {
			b = appendFloat(b, 7, x)
		}
	case []int:
		kind = 7
		for _, x := range v {
			b = appendInt(b, 8, int64(x))
		}
	case []string:
		kind = 8
		for _, x := range v {
			b = appendString(b, 9, x)
		}
	default:
		panic(fmt.Sprintf("optest: attribute %s of type %T", name, v))
	}
	return appendInt(b, 20, kind)
}

func (p Port) marshal() []byte {
	var shape []byte
	for _, d := range p.Dims {
		switch d := d.(type) {
		case int:
			shape = appendMessage(shape, 1, appendInt(nil, 1, int64(d)))
		case string:
			var dim []byte
			if d != "" {
				dim = appendString(nil, 2, d)
			}
			shape = appendMessage(shape, 1, dim)
		default:
			panic(fmt.Sprintf("optest: extent of type %T", d))
		}
	}
	t := appendMessage(appendInt(nil, 1, int64(p.DType)), 2, shape)
	return appendMessage(appendString(nil, 1, p.Name), 2, appendMessage(nil, 1, t))
}

// Marshal gives the TensorProto.
func (t Tensor) Marshal() []byte {
	var b []byte
	for _, d := range t.Value.Shape {
		b = appendInt(b, 1, int64(d))
	}
	b = appendInt(b, 2, int64(t.DType))
	b = appendString(b, 8, t.Name)
	return appendMessage(b, 9, t.raw())
}

func (t Tensor) raw() (b []byte) {
	for _, x := range t.Value.Data {
		switch t.DType {
		case tensor.Float32:
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(x)))
		case tensor.Float64:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		case tensor.Int64, tensor.Uint64:
			b = binary.LittleEndian.AppendUint64(b, uint64(integer(x)))
		case tensor.Int32, tensor.Uint32:
			b = binary.LittleEndian.AppendUint32(b, uint32(int64(x)))
		case tensor.Int16, tensor.Uint16:
			b = binary.LittleEndian.AppendUint16(b, uint16(int64(x)))
		case tensor.Float16:
			b = binary.LittleEndian.AppendUint16(b, halfBits(x))
		case tensor.BFloat16:
			b = binary.LittleEndian.AppendUint16(b, uint16(math.Float32bits(float32(x))>>16))
		case tensor.Int8, tensor.Uint8, tensor.Bool:
			b = append(b, byte(int64(x)))
		default:
			panic(fmt.Sprintf("optest: tensor of %v", t.DType))
		}
	}
	return b
}

// integer is x as an int64; what lies beyond the type is its nearest value.
func integer(x float64) int64 {
	if x >= math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(x)
}

// halfBits is the IEEE 754 binary16 nearest to x.
func halfBits(x float64) uint16 {
	sign := uint16(0)
	if math.Signbit(x) {
		sign, x = 1<<15, -x
	}
	switch {
	case math.IsNaN(x):
		return 0x7e00
	case x >= 65520:
		return sign | 0x7c00
	}
	exp := -14
	if x >= 0x1p-14 {
		exp = math.Ilogb(x)
	}
	// A mantissa that rounds up to 2048 carries into the exponent.
	m := uint16(math.RoundToEven(math.Ldexp(x, 10-exp)))
	return sign + uint16(exp+14)<<10 + m
}

func appendMessage(b []byte, num protowire.Number, m []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, num, protowire.BytesType), m)
}

func appendString(b []byte, num protowire.Number, s string) []byte {
	return appendMessage(b, num, []byte(s))
}

func appendInt(b []byte, num protowire.Number, v int64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, num, protowire.VarintType), uint64(v))
}

func appendFloat(b []byte, num protowire.Number, v float64) []byte {
	return protowire.AppendFixed32(protowire.AppendTag(b, num, protowire.Fixed32Type), math.Float32bits(float32(v)))
}

// RawTensor is a TensorProto of dtype d around little-endian data.
func RawTensor(d tensor.DType, s tensor.Shape, raw []byte) []byte {
	var b []byte
	for _, n := range s {
		b = appendInt(b, 1, int64(n))
	}
	return appendMessage(appendInt(b, 2, int64(d)), 9, raw)
}
