package verifier

import (
	"encoding/binary"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/verifier/fault"
)

// Faults of values and tensors that do not follow the schema.
var (
	ErrElementRange = fault.Define("element-range", "a tensor element is outside the schema's range")
	ErrPadding      = fault.Define("value-padding", "a value has bits set that encode no element")
	ErrValueCount   = fault.Define("value-count", "the number of values is not the model's")
	ErrTensorShape  = fault.Define("tensor-shape", "the tensors do not have the number or sizes that the schema says")
)

// Data is the content of one tensor of a schema.
type Data struct {
	Elements []int64    // of a public tensor, row-major
	Digest   fr.Element // of a committed tensor
}

// Pack encodes the contents of the schema's tensors, in its order, as public values.
func (s *Schema) Pack(tensors []Data) ([]fr.Element, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	if len(tensors) != len(s.Tensors) {
		return nil, fault.New(ErrTensorShape, "tensors", len(s.Tensors), len(tensors))
	}
	values := make([]fr.Element, 0, s.Values())
	for i, t := range s.Tensors {
		switch t.Visibility {
		case Committed:
			values = append(values, tensors[i].Digest)
		case Public:
			w, err := t.pack(tensors[i].Elements)
			if err != nil {
				return nil, err
			}
			values = append(values, w...)
		default:
			return nil, fault.New(ErrSchema, t.Name, "public or committed", t.Visibility)
		}
	}
	return values, nil
}

// Unpack decodes public values into the contents of the schema's tensors. It refuses a list of another
// length, an element beyond its range and padding that is not zero.
func (s *Schema) Unpack(values []fr.Element) ([]Data, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	if len(values) != s.Values() {
		return nil, fault.New(ErrValueCount, "values", s.Values(), len(values))
	}
	out := make([]Data, len(s.Tensors))
	for i, t := range s.Tensors {
		v := values[t.First : t.First+t.Count]
		switch t.Visibility {
		case Committed:
			out[i].Digest = v[0]
		case Public:
			q, err := t.unpack(v)
			if err != nil {
				return nil, err
			}
			out[i].Elements = q
		default:
			return nil, fault.New(ErrSchema, t.Name, "public or committed", t.Visibility)
		}
	}
	return out, nil
}

func (t Tensor) pack(elements []int64) ([]fr.Element, error) {
	if len(elements) != t.Elements() {
		return nil, fault.New(ErrTensorShape, t.Name, fmt.Sprintf("%d elements", t.Elements()), len(elements))
	}
	values := make([]fr.Element, t.Count)
	for v := range values {
		var b [Chunk]byte
		for k := range t.perValue() {
			i := v*t.perValue() + k
			if i == len(elements) {
				break
			}
			q := elements[i]
			if q < t.Min || q > t.Max {
				return nil, fault.New(ErrElementRange, fmt.Sprintf("%s[%d]", t.Name, i), t.interval(), q)
			}
			var w [8]byte
			binary.BigEndian.PutUint64(w[:], uint64(q)-uint64(t.Min))
			copy(b[k*t.Bytes:], w[8-t.Bytes:])
		}
		values[v].SetBytes(b[:])
	}
	return values, nil
}

func (t Tensor) unpack(values []fr.Element) ([]int64, error) {
	out := make([]int64, 0, t.Elements())
	for v := range values {
		b := values[v].Bytes()
		if b[0] != 0 {
			return nil, fault.New(ErrPadding, fmt.Sprintf("value %d", t.First+v), "31 bytes", fmt.Sprintf("0x%x", b))
		}
		rest := b[1:]
		for range min(t.perValue(), t.Elements()-len(out)) {
			var w [8]byte
			copy(w[8-t.Bytes:], rest[:t.Bytes])
			rest = rest[t.Bytes:]
			u := binary.BigEndian.Uint64(w[:])
			if u > t.span() {
				return nil, fault.New(ErrElementRange, fmt.Sprintf("%s[%d]", t.Name, len(out)), t.interval(), fmt.Sprintf("min + %d", u))
			}
			out = append(out, int64(uint64(t.Min)+u))
		}
		for i, c := range rest {
			if c != 0 {
				return nil, fault.New(ErrPadding, fmt.Sprintf("%s value %d padding byte %d", t.Name, v, i), 0, c)
			}
		}
	}
	return out, nil
}

func (t Tensor) interval() string { return fmt.Sprintf("[%d, %d]", t.Min, t.Max) }
