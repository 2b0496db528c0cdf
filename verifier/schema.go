package verifier

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"golang.org/x/crypto/sha3"

	"assay/verifier/fault"
)

// ErrSchema is the fault of a schema that contradicts itself.
var ErrSchema = fault.Define("schema-invalid", "a schema does not describe a list of values")

// Chunk is the number of bytes that one value carries: the largest that always stays below the field.
const Chunk = 31

// Role says on which side of the model a tensor is.
type Role string

// The two roles.
const (
	Input  Role = "input"
	Output Role = "output"
)

// Visibility says how a tensor appears among the public values.
type Visibility string

// The two visibilities. A public tensor's elements are in the values; a committed tensor's Poseidon2
// digest is.
const (
	Public    Visibility = "public"
	Committed Visibility = "committed"
)

// Tensor describes one tensor of the statement and where its values are.
//
// An element q, Min <= q <= Max, stands for the real number q*Scale. A public tensor is the bytes of
// q - Min, big-endian and Bytes wide, in row-major order. A value carries as many whole elements as fit
// into [Chunk] bytes, from the first byte on; bytes that carry no element are zero. A committed tensor is
// one value, its digest.
type Tensor struct {
	Name       string     `json:"name"`
	Role       Role       `json:"role"`
	Visibility Visibility `json:"visibility"`
	Shape      []int      `json:"shape"`
	Min        int64      `json:"min"`
	Max        int64      `json:"max"`
	Scale      float64    `json:"scale"`
	Bytes      int        `json:"bytes"` // 1 to 8
	First      int        `json:"first"` // index of the tensor's first value
	Count      int        `json:"count"` // number of its values
}

// Elements is the product of the shape; a scalar has one element.
func (t Tensor) Elements() int {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	return n
}

// Schema gives meaning to the public values: the tensors in the order of their values.
type Schema struct {
	Tensors []Tensor `json:"tensors"`
}

// NewSchema fills in First and Count from the order, shapes and widths, and validates the result.
func NewSchema(tensors ...Tensor) (*Schema, error) {
	s := &Schema{Tensors: slices.Clone(tensors)}
	first := 0
	for i := range s.Tensors {
		t := &s.Tensors[i]
		if err := t.check(i); err != nil {
			return nil, err
		}
		t.Shape = append([]int{}, t.Shape...)
		t.First, t.Count = first, t.words()
		first += t.Count
	}
	return s, s.Validate()
}

// Values is the number of values that the schema describes.
func (s *Schema) Values() int {
	n := 0
	for _, t := range s.Tensors {
		n += t.Count
	}
	return n
}

// Validate refuses unknown roles and visibilities, empty or oversized shapes, ranges that do not fit the
// element width, scales that are not positive and finite, duplicate names in one role, and tensors whose
// values do not follow each other from 0.
func (s *Schema) Validate() error {
	names, first := map[string]bool{}, 0
	for i, t := range s.Tensors {
		at := fmt.Sprintf("tensors[%d]", i)
		if err := t.check(i); err != nil {
			return err
		}
		id := string(t.Role) + " " + t.Name
		if names[id] {
			return fault.New(ErrSchema, at+".name", "a name of its own", id)
		}
		names[id] = true
		if t.First != first {
			return fault.New(ErrSchema, at+".first", first, t.First)
		}
		if t.Count != t.words() {
			return fault.New(ErrSchema, at+".count", t.words(), t.Count)
		}
		first += t.Count
	}
	if first < 1 || first > MaxValues {
		return fault.New(ErrSchema, "values", fmt.Sprintf("1 to %d", MaxValues), first)
	}
	return nil
}

// check validates all of a tensor but its place.
func (t Tensor) check(i int) error {
	bad := func(field string, want, got any) error {
		return fault.New(ErrSchema, fmt.Sprintf("tensors[%d].%s", i, field), want, got)
	}
	if !utf8.ValidString(t.Name) {
		return bad("name", "UTF-8", fmt.Sprintf("%q", t.Name))
	}
	if t.Role != Input && t.Role != Output {
		return bad("role", "input or output", t.Role)
	}
	if t.Visibility != Public && t.Visibility != Committed {
		return bad("visibility", "public or committed", t.Visibility)
	}
	n := 1
	for _, d := range t.Shape {
		if d < 1 || d > math.MaxInt32 || n > math.MaxInt32/d {
			return bad("shape", "positive dimensions with a product below 2^31", t.Shape)
		}
		n *= d
	}
	if t.Bytes < 1 || t.Bytes > 8 {
		return bad("bytes", "1 to 8", t.Bytes)
	}
	if t.Min > t.Max || t.span()>>(8*(t.Bytes-1))>>8 != 0 {
		return bad("max", fmt.Sprintf("%d or more, within %d bytes", t.Min, t.Bytes), t.Max)
	}
	if !(t.Scale > 0) || math.IsInf(t.Scale, 0) {
		return bad("scale", "positive and finite", t.Scale)
	}
	return nil
}

func (t Tensor) span() uint64 { return uint64(t.Max) - uint64(t.Min) }

func (t Tensor) words() int {
	if t.Visibility == Committed {
		return 1
	}
	return (t.Elements() + t.perValue() - 1) / t.perValue()
}

// perValue is the number of elements of a public tensor that one value carries.
func (t Tensor) perValue() int { return Chunk / t.Bytes }

// Digest is the keccak256 of the schema in a binary form: a domain and the number of tensors, then for
// each tensor name, role and visibility as length-prefixed strings, rank and dimensions, min, max, the
// IEEE 754 bits of the scale, bytes, first and count. Numbers are 8 bytes, big-endian.
func (s *Schema) Digest() [32]byte {
	b := []byte("ASSAYSCHEMA1")
	num := func(v uint64) { b = binary.BigEndian.AppendUint64(b, v) }
	str := func(v string) { num(uint64(len(v))); b = append(b, v...) }
	num(uint64(len(s.Tensors)))
	for _, t := range s.Tensors {
		str(t.Name)
		str(string(t.Role))
		str(string(t.Visibility))
		num(uint64(len(t.Shape)))
		for _, d := range t.Shape {
			num(uint64(d))
		}
		num(uint64(t.Min))
		num(uint64(t.Max))
		num(math.Float64bits(t.Scale))
		num(uint64(t.Bytes))
		num(uint64(t.First))
		num(uint64(t.Count))
	}
	h := sha3.NewLegacyKeccak256()
	h.Write(b)
	return [32]byte(h.Sum(nil))
}
