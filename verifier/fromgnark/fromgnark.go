// Package fromgnark turns gnark's Groth16 objects into the verifier's own. It is apart from package
// verifier so that a verifier does not carry gnark's compiler.
package fromgnark

import (
	"fmt"
	"slices"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"assay/verifier"
	"assay/verifier/fault"
)

// Faults of gnark objects that do not have the form of the two-input statement.
var (
	ErrKeyShape   = fault.Define("gnark-key-shape", "a gnark verifying key is not one of the two-input statement")
	ErrProofShape = fault.Define("gnark-proof-shape", "a gnark proof is not one of the two-input statement")
)

// Meaning is what a verifying key's points do not say.
type Meaning struct {
	Values   int      // number of public values
	Program  [32]byte // hash of the integer program
	Schema   [32]byte // digest of the schema of the values
	Insecure bool     // made by a development setup
}

// Key converts a gnark verifying key of a circuit whose public inputs are exactly [H, P] and whose one
// commitment has the public part [H], and lints it.
func Key(vk *groth16.VerifyingKey, m Meaning) (*verifier.Key, error) {
	if len(vk.G1.K) != 4 {
		return nil, fault.New(ErrKeyShape, "K", "4 points", fmt.Sprintf("%d points", len(vk.G1.K)))
	}
	if len(vk.CommitmentKeys) != 1 || len(vk.PublicAndCommitmentCommitted) != 1 {
		return nil, fault.New(ErrKeyShape, "commitments", 1, len(vk.CommitmentKeys))
	}
	if got := vk.PublicAndCommitmentCommitted[0]; !slices.Equal(got, []int{1}) {
		return nil, fault.New(ErrKeyShape, "public committed wires", "[1]", got)
	}
	k := &verifier.Key{
		Alpha:             vk.G1.Alpha,
		PedersenG:         vk.CommitmentKeys[0].G,
		PedersenGSigmaNeg: vk.CommitmentKeys[0].GSigmaNeg,
		K0:                vk.G1.K[0], KH: vk.G1.K[1], KP: vk.G1.K[2], KRho: vk.G1.K[3],
		Values: m.Values, Program: m.Program, Schema: m.Schema, Insecure: m.Insecure,
	}
	k.BetaNeg.Neg(&vk.G2.Beta)
	k.GammaNeg.Neg(&vk.G2.Gamma)
	k.DeltaNeg.Neg(&vk.G2.Delta)
	if err := k.Lint(); err != nil {
		return nil, fmt.Errorf("lint key: %w", err)
	}
	return k, nil
}

// Proof encodes a gnark proof as the 384 bytes A | B | C | D | PoK of EVM words.
func Proof(p *groth16.Proof) ([]byte, error) {
	if len(p.Commitments) != 1 {
		return nil, fault.New(ErrProofShape, "commitments", 1, len(p.Commitments))
	}
	return verifier.Proof{A: p.Ar, B: p.Bs, C: p.Krs, D: p.Commitments[0], PoK: p.CommitmentPok}.Bytes(), nil
}
