// Package envelope is the wire format of a proof: one JSON object with everything that a verifier needs
// besides the verifying key.
//
//	{"version":1,"program":"0x..","key":"0x..","setup":"insecure-dev","context":"0x..",
//	 "values":["0x.."],"proof":"0x..","tensors":[..]}
//
// Byte strings are 0x and lower-case hexadecimal digits; values are 32 bytes, big-endian, below the BN254
// scalar modulus; the proof is 384 bytes, A | B | C | D | PoK as EVM words. Tensors are the values as a
// person reads them. They are optional and derived: a verifier recomputes them and refuses a difference.
//
// [Decode] is strict, [Envelope.Encode] is canonical: equal envelopes have equal bytes.
package envelope

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/verifier/fault"
	"assay/verifier/internal/strict"
)

// Version is the format's version; a decoder refuses every other.
const Version = 1

// Limits of an envelope.
const (
	ProofSize = 384      // bytes of a proof
	MaxValues = 65536    // values in a list
	MaxSize   = 32 << 20 // bytes of an encoded envelope
)

// Setup says how the verifying key came to be.
type Setup string

// The two kinds of setup.
const (
	InsecureDev Setup = "insecure-dev" // one machine knew the secrets: anyone who has them can forge
	Ceremony    Setup = "ceremony"     // secure if one contributor was honest
)

// Faults of an envelope that is well-formed JSON.
var (
	ErrSize    = fault.Define("envelope-size", "an envelope is larger than the format allows")
	ErrVersion = fault.Define("envelope-version", "an envelope has a version that this program does not read")
	ErrSetup   = fault.Define("envelope-setup", "an envelope names an unknown kind of setup")
	ErrValues  = fault.Define("envelope-values", "an envelope's number of values is out of range")
	ErrField   = fault.Define("value-range", "a value is not below the scalar field's modulus")
	ErrProof   = fault.Define("envelope-proof", "an envelope's proof has the wrong length")
	ErrTensor  = fault.Define("envelope-tensor", "a decoded tensor has neither or both of integers and digest")
)

// Envelope is a proof with what it claims.
type Envelope struct {
	Program [32]byte     // hash of the integer program
	Key     [32]byte     // id of the verifying key
	Setup   Setup        // how that key was made
	Context [32]byte     // what the proof is bound to; zero if nothing
	Values  []fr.Element // the public values
	Proof   []byte       // ProofSize bytes
	Tensors []Tensor     // the values decoded; derived data, may be nil
}

// Tensor is one decoded tensor of the statement.
type Tensor struct {
	Name       string
	Role       string // input or output
	Visibility string // public or committed
	Shape      []int
	Scale      float64     // a real number is an integer times Scale
	Integers   []int64     // of a public tensor, row-major
	Digest     *fr.Element // of a committed tensor
}

type wire struct {
	Version int           `json:"version"`
	Program strict.Word   `json:"program"`
	Key     strict.Word   `json:"key"`
	Setup   string        `json:"setup"`
	Context strict.Word   `json:"context"`
	Values  []strict.Word `json:"values"`
	Proof   strict.Bytes  `json:"proof"`
	Tensors []wireTensor  `json:"tensors,omitempty"`
}

// Encode writes the canonical form: fields in the order above, no spaces, one newline at the end. It
// refuses an envelope that [Decode] would refuse.
func (e *Envelope) Encode() ([]byte, error) {
	w := wire{Version: Version, Program: e.Program, Key: e.Key, Setup: string(e.Setup), Context: e.Context, Proof: e.Proof}
	w.Values = make([]strict.Word, len(e.Values))
	for i := range e.Values {
		w.Values[i] = e.Values[i].Bytes()
	}
	for _, t := range e.Tensors {
		w.Tensors = append(w.Tensors, t.wire())
	}
	if err := w.check(); err != nil {
		return nil, fmt.Errorf("encode envelope: %w", err)
	}
	b, err := json.Marshal(w)
	if err != nil {
		return nil, fmt.Errorf("encode envelope: %w", err)
	}
	if len(b) >= MaxSize {
		return nil, fault.New(ErrSize, "envelope", fmt.Sprintf("at most %d bytes", MaxSize), len(b)+1)
	}
	return append(b, '\n'), nil
}

// Decode reads one envelope and nothing else. Spaces and the order of fields are free; everything else is
// as [Envelope.Encode] writes it.
func Decode(data []byte) (*Envelope, error) {
	if len(data) > MaxSize {
		return nil, fault.New(ErrSize, "envelope", fmt.Sprintf("at most %d bytes", MaxSize), len(data))
	}
	var w wire
	if err := strict.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("decode envelope: %w", err)
	}
	if err := w.check(); err != nil {
		return nil, fmt.Errorf("decode envelope: %w", err)
	}
	e := &Envelope{Program: w.Program, Key: w.Key, Setup: Setup(w.Setup), Context: w.Context, Proof: w.Proof}
	e.Values = make([]fr.Element, len(w.Values))
	for i := range w.Values {
		if err := element(&e.Values[i], w.Values[i], fmt.Sprintf("values[%d]", i)); err != nil {
			return nil, fmt.Errorf("decode envelope: %w", err)
		}
	}
	for i, t := range w.Tensors {
		d, err := t.tensor(fmt.Sprintf("tensors[%d]", i))
		if err != nil {
			return nil, fmt.Errorf("decode envelope: %w", err)
		}
		e.Tensors = append(e.Tensors, d)
	}
	return e, nil
}

func (w *wire) check() error {
	switch {
	case w.Version != Version:
		return fault.New(ErrVersion, "version", Version, w.Version)
	case Setup(w.Setup) != InsecureDev && Setup(w.Setup) != Ceremony:
		return fault.New(ErrSetup, "setup", "insecure-dev or ceremony", fmt.Sprintf("%q", w.Setup))
	case len(w.Values) < 1 || len(w.Values) > MaxValues:
		return fault.New(ErrValues, "values", fmt.Sprintf("1 to %d", MaxValues), len(w.Values))
	case len(w.Proof) != ProofSize:
		return fault.New(ErrProof, "proof", fmt.Sprintf("%d bytes", ProofSize), fmt.Sprintf("%d bytes", len(w.Proof)))
	}
	if w.Tensors != nil && len(w.Tensors) == 0 {
		return fault.New(ErrTensor, "tensors", "at least one, or none at all", "[]")
	}
	for i, t := range w.Tensors {
		if (t.Integers == nil) == (t.Digest == "") || t.Integers != nil && len(t.Integers) == 0 {
			return fault.New(ErrTensor, fmt.Sprintf("tensors[%d]", i), "integers or digest", nil)
		}
		if !utf8.ValidString(t.Name) {
			return fault.New(ErrTensor, fmt.Sprintf("tensors[%d].name", i), "UTF-8", fmt.Sprintf("%q", t.Name))
		}
	}
	return nil
}

func element(e *fr.Element, w strict.Word, at string) error {
	if err := e.SetBytesCanonical(w[:]); err != nil {
		return fault.New(ErrField, at, "below the modulus", fmt.Sprintf("0x%x", w))
	}
	return nil
}
