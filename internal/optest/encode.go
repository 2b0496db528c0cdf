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

	Functions []Function
}

// Function is an operator that a model defines by others.
type Function struct {
	Domain, Name string
	In, Out      []string
	Attrs        []string       // that a call must give, or may
	Defaults     map[string]any // of attributes that a call need not give
	Nodes        []Node
	Opset        int // of ONNX's own domain
}

// Ref is an attribute in a function: its value is that of the named attribute of the call. Kind is the type of an
// attribute with the value of Kind.
type Ref struct {
	Name string
	Kind any
}

// Port is a model input. An extent is an int, or a string that names it; "" is unknown.
type Port struct {
	Name  string
	DType tensor.DType
	Dims  []any
}

// Node is a node. An attribute is an int, float64, string, slice of one of these, Tensor, Model, which stands for its
// graph, or Ref.
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
	b := appendInt(nil, 1, 8)
	b = appendString(b, 2, "optest")
	b = appendMessage(b, 7, m.graph())
	if m.Opset != 0 {
		b = appendMessage(b, 8, appendInt(nil, 2, int64(m.Opset)))
	}
	for _, domain := range slices.Sorted(maps.Keys(m.Domains)) {
		b = appendMessage(b, 8, appendInt(appendString(nil, 1, domain), 2, int64(m.Domains[domain])))
	}
	for _, f := range m.Functions {
		b = appendMessage(b, 25, f.marshal())
	}
	return b
}

// graph gives the bytes of the GraphProto.
func (m Model) graph() (g []byte) {
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
	return g
}

func (f Function) marshal() []byte {
	b := appendString(nil, 1, f.Name)
	for _, s := range f.In {
		b = appendString(b, 4, s)
	}
	for _, s := range f.Out {
		b = appendString(b, 5, s)
	}
	for _, s := range f.Attrs {
		b = appendString(b, 6, s)
	}
	for _, n := range f.Nodes {
		b = appendMessage(b, 7, n.marshal())
	}
	b = appendMessage(b, 9, appendInt(nil, 2, int64(f.Opset)))
	b = appendString(b, 10, f.Domain)
	for _, name := range slices.Sorted(maps.Keys(f.Defaults)) {
		b = appendMessage(b, 11, marshalAttr(name, f.Defaults[name]))
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
	switch v := v.(type) {
	case Ref:
		return appendInt(appendString(b, 21, v.Name), 20, attrKind(v.Kind))
	case float64:
		b = appendFloat(b, 2, v)
	case int:
		b = appendInt(b, 3, int64(v))
	case string:
		b = appendString(b, 4, v)
	case Tensor:
		b = appendMessage(b, 5, v.Marshal())
	case Model:
		b = appendMessage(b, 6, v.graph())
	case []float64:
		for _, x := range v {
			b = appendFloat(b, 7, x)
		}
	case []int:
		for _, x := range v {
			b = appendInt(b, 8, int64(x))
		}
	case []string:
		for _, x := range v {
			b = appendString(b, 9, x)
		}
	}
	return appendInt(b, 20, attrKind(v))
}

// attrKind is the type of an attribute with the value v.
func attrKind(v any) int64 {
	switch v.(type) {
	case float64:
		return 1
	case int:
		return 2
	case string:
		return 3
	case Tensor:
		return 4
	case Model:
		return 5
	case []float64:
		return 6
	case []int:
		return 7
	case []string:
		return 8
	}
	panic(fmt.Sprintf("optest: attribute of type %T", v))
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
