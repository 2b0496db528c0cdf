package bundle

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"assay/circuits"
	"assay/compile"
	"assay/ir/tensor"
)

// Version is the version of the bundle format.
const Version = 2

// Manifest is what a bundle says of itself.
type Manifest struct {
	Version          int                 `json:"version"`
	Name             string              `json:"name"`
	Model            Hash                `json:"model_sha256"`
	Program          Hash                `json:"program_hash"`
	System           Hash                `json:"constraint_system_sha256"` // package prover/digest
	Dims             map[string]int      `json:"dims,omitempty"`           // bound symbolic dimensions
	Constants        map[string]Constant `json:"constants,omitempty"`      // inputs of the file that are fixed
	Inputs           []Port              `json:"inputs"`
	InputVisibility  circuits.Visibility `json:"input_visibility"`
	OutputVisibility circuits.Visibility `json:"output_visibility"`
	Outside          Outside             `json:"outside_range"`
	Reader           []compile.Reader    `json:"left_to_reader,omitempty"`
	Names            []compile.Names     `json:"names,omitempty"` // what outputs stand for
	Weights          circuits.Weights    `json:"planned_by"`      // what the planner traded by
	Constraints      int                 `json:"constraints"`
	Nonlinear        int                 `json:"nonlinear"` // elements of the float model that pass a non-linear operator
	Keys             *Keys               `json:"keys,omitempty"`
}

// Port is one model input.
type Port struct {
	Name  string       `json:"name"`
	DType tensor.DType `json:"onnx_dtype"`
	Shape tensor.Shape `json:"shape"`
}

// Constant is the value of an input that is fixed, row-major.
type Constant struct {
	Shape tensor.Shape `json:"shape"`
	Data  []float64    `json:"data"`
}

// Keys describes the keys in a bundle.
type Keys struct {
	Setup   string `json:"setup"` // "insecure-dev"
	ID      Hash   `json:"verifying_key_id"`
	Proving Hash   `json:"proving_key_sha256"`
}

// Hash is 32 bytes, in hexadecimal digits in JSON.
type Hash [32]byte

// MarshalText implements encoding.TextMarshaler.
func (h Hash) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(h[:])), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *Hash) UnmarshalText(t []byte) error {
	b, err := hex.DecodeString(string(t))
	if err != nil || len(b) != len(h) {
		return fmt.Errorf("hash: want %d hexadecimal digits, got %q", 2*len(h), t)
	}
	copy(h[:], b)
	return nil
}

// String is the hexadecimal form.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

func decodeManifest(b []byte) (*Manifest, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	m := new(Manifest)
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("decode manifest: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("decode manifest: trailing bytes")
	}
	if m.Version != Version {
		return nil, fmt.Errorf("decode manifest: want version %d, got %d", Version, m.Version)
	}
	if !m.Outside.valid() {
		return nil, fmt.Errorf("decode manifest: outside_range: want %q or %q, got %q", Clamp, Refuse, m.Outside)
	}
	return m, nil
}
