package verifier

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"assay/verifier/envelope"
	"assay/verifier/fault"
)

// ProofSize is the length of an encoded proof in bytes.
const ProofSize = envelope.ProofSize

// ErrProofSize is the fault of a proof of any other length.
var ErrProofSize = fault.Define("proof-size", "an encoded proof has the wrong length")

// Proof is a Groth16 proof with one commitment: A, B and C as in the paper, the commitment D and its
// proof of knowledge.
type Proof struct {
	A   bn254.G1Affine
	B   bn254.G2Affine
	C   bn254.G1Affine
	D   bn254.G1Affine
	PoK bn254.G1Affine
}

// Bytes encodes the proof as EVM words: A | B | C | D | PoK.
func (p Proof) Bytes() []byte {
	b := appendG1(make([]byte, 0, ProofSize), p.A)
	b = appendG2(b, p.B)
	b = appendG1(b, p.C)
	b = appendG1(b, p.D)
	return appendG1(b, p.PoK)
}

// ParseProof decodes a proof. Every point must be canonical, on its curve, in the subgroup and not at
// infinity.
func ParseProof(b []byte) (p Proof, err error) {
	if len(b) != ProofSize {
		return p, fault.New(ErrProofSize, "proof", fmt.Sprintf("%d bytes", ProofSize), fmt.Sprintf("%d bytes", len(b)))
	}
	if p.A, err = readG1(b[:64], "A"); err != nil {
		return p, err
	}
	if p.B, err = readG2(b[64:192], "B"); err != nil {
		return p, err
	}
	if p.C, err = readG1(b[192:256], "C"); err != nil {
		return p, err
	}
	if p.D, err = readG1(b[256:320], "D"); err != nil {
		return p, err
	}
	p.PoK, err = readG1(b[320:], "PoK")
	return p, err
}
