// Package jobtest has a model for tests of the service: a slow, deterministic computation in place of a prover.
package jobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"assay/ir/tensor"
	"assay/service/job"
	"assay/service/oip"
)

// Model adds two numbers. Its proof is a SHA-256 chain of Rounds steps over the numbers, their sum and the binding,
// and its verifier walks the chain again.
type Model struct {
	Label  string
	Rounds int

	// Before, if not nil, runs when Prove begins; its error is Prove's.
	Before func(ctx context.Context, x []float64) error
}

type envelope struct {
	Model  string     `json:"model"`
	X      [2]float64 `json:"x"`
	Y      float64    `json:"y"`
	Digest string     `json:"digest"`
}

var _ job.Model = (*Model)(nil)

// Name implements job.Model.
func (m *Model) Name() string { return m.Label }

// Metadata implements job.Model.
func (m *Model) Metadata() job.Metadata {
	return job.Metadata{
		Inputs:      []oip.Spec{{Name: "x", Datatype: "FP32", Shape: []int{2}}},
		Outputs:     []oip.Spec{{Name: "y", Datatype: "FP32", Shape: []int{1}}},
		ProgramHash: "0x01", KeyID: "0x02", Setup: "insecure-dev",
	}
}

// Infer implements job.Model.
func (m *Model) Infer(_ context.Context, in map[string]*tensor.Float) (map[string]*tensor.Float, error) {
	x := in["x"].Data
	if math.IsInf(float64(float32(x[0]+x[1])), 0) {
		return nil, errors.New("the sum overflows, said the internals")
	}
	return values("y", x[0]+x[1]), nil
}

// Prove implements job.Model. Numbers that add up to less than zero cannot be proven.
func (m *Model) Prove(ctx context.Context, in map[string]*tensor.Float, bind [32]byte, progress func(string)) ([]byte, error) {
	x := in["x"].Data
	if m.Before != nil {
		if err := m.Before(ctx, x); err != nil {
			return nil, err
		}
	}
	if x[0]+x[1] < 0 {
		return nil, job.Errorf(job.CodeInvalidInput, "want a sum of at least 0, got %v", x[0]+x[1])
	}
	progress("solve")
	e := envelope{Model: m.Label, X: [2]float64(x), Y: x[0] + x[1]}
	progress("chain")
	digest, err := m.chain(ctx, e, bind)
	if err != nil {
		return nil, err
	}
	e.Digest = digest
	return json.Marshal(e)
}

func (m *Model) chain(ctx context.Context, e envelope, bind [32]byte) (string, error) {
	seed := append([]byte(e.Model), bind[:]...)
	for _, v := range []float64{e.X[0], e.X[1], e.Y} {
		seed = binary.BigEndian.AppendUint64(seed, math.Float64bits(v))
	}
	h := sha256.Sum256(seed)
	for i := range m.Rounds {
		if i%4096 == 0 && ctx.Err() != nil {
			return "", ctx.Err()
		}
		h = sha256.Sum256(h[:])
	}
	return hex.EncodeToString(h[:]), nil
}

// Calldata implements job.Model.
func (m *Model) Calldata(raw []byte) ([]byte, error) {
	sum := sha256.Sum256(raw)
	return append([]byte{0xca, 0x11, 0xda, 0x7a}, sum[:]...), nil
}

// Verify implements job.Model.
func (m *Model) Verify(raw []byte, bind [32]byte) error {
	e, err := read(raw)
	if err != nil {
		return err
	}
	if e.Model != m.Label {
		return fmt.Errorf("model: want %s, got %s", m.Label, e.Model)
	}
	if e.Y != e.X[0]+e.X[1] {
		return fmt.Errorf("y: want %v, got %v", e.X[0]+e.X[1], e.Y)
	}
	digest, err := m.chain(context.Background(), e, bind)
	if err != nil {
		return err
	}
	if digest != e.Digest {
		return errors.New("digest: the chain ends elsewhere")
	}
	return nil
}

// Decode implements job.Model.
func (m *Model) Decode(raw []byte) (job.Statement, error) {
	e, err := read(raw)
	return job.Statement{Inputs: values("x", e.X[:]...), Outputs: values("y", e.Y)}, err
}

func read(raw []byte) (e envelope, err error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		return e, fmt.Errorf("read envelope: %w", err)
	}
	return e, nil
}

func values(name string, v ...float64) map[string]*tensor.Float {
	return map[string]*tensor.Float{name: {Shape: tensor.Shape{len(v)}, Data: v}}
}
