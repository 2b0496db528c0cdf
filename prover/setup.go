package prover

import (
	"fmt"
	"io"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"

	"assay/circuits"
	"assay/prover/key"
	"assay/prover/setup"
	"assay/verifier"
	"assay/verifier/fromgnark"
)

// SetupInsecure makes development keys. Whoever ran it could have kept the secrets and forge any proof, so the
// verifying key, the proofs and the contract are marked.
func SetupInsecure(m *circuits.Model, r *cs.R1CS) (*groth16.ProvingKey, *verifier.Key, *verifier.Schema, error) {
	var pk key.Memory
	vk, schema, err := setupInsecure(m, r, &pk, nil)
	return pk.Key(), vk, schema, err
}

// SetupInsecureTo is SetupInsecure for keys that need not fit in memory: the proving key is written to w as it is
// made, in the format of package prover/key. progress may be nil.
func SetupInsecureTo(m *circuits.Model, r *cs.R1CS, w io.Writer, progress setup.Progress) (*verifier.Key, *verifier.Schema, error) {
	return setupInsecure(m, r, key.NewWriter(w), progress)
}

func setupInsecure(m *circuits.Model, r *cs.R1CS, to key.Sink, progress setup.Progress) (*verifier.Key, *verifier.Schema, error) {
	schema, err := Schema(m)
	if err != nil {
		return nil, nil, err
	}
	hash, err := m.Program.Hash()
	if err != nil {
		return nil, nil, err
	}
	vk, err := setup.Run(r, to, progress)
	if err != nil {
		return nil, nil, fmt.Errorf("set up: %w", err)
	}
	k, err := fromgnark.Key(vk, fromgnark.Meaning{Values: schema.Values(), Program: hash, Schema: schema.Digest(), Insecure: true})
	if err != nil {
		return nil, nil, fmt.Errorf("set up: %w", err)
	}
	return k, schema, nil
}

// Schema tells how the public values of m decode.
func Schema(m *circuits.Model) (*verifier.Schema, error) {
	var ts []verifier.Tensor
	for i, l := range m.Layouts {
		t := m.Program.Tensors[l.Tensor]
		role := verifier.Input
		if i >= len(m.Program.Inputs) {
			role = verifier.Output
		}
		ts = append(ts, verifier.Tensor{Name: t.Name, Role: role, Visibility: verifier.Visibility(l.Visibility),
			Shape: t.Shape, Min: t.Range.Min, Max: t.Range.Max, Scale: t.Scale, Bytes: l.Bytes})
	}
	s, err := verifier.NewSchema(ts...)
	if err != nil {
		return nil, fmt.Errorf("describe public values: %w", err)
	}
	for i, l := range m.Layouts {
		if t := s.Tensors[i]; t.First != l.First || t.Count != l.Values {
			return nil, fmt.Errorf("describe public values: tensor %s: circuit has values %d+%d, schema %d+%d", t.Name, l.First, l.Values, t.First, t.Count)
		}
	}
	return s, nil
}
