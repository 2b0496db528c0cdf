package prooftest

import (
	"bytes"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/stretchr/testify/require"

	"assay/verifier"
	"assay/verifier/fault"
)

// Claim is what a verifier of any kind is asked to accept. Its words may be out of the field.
type Claim struct {
	Name   string
	Ctx    [32]byte
	Values []*big.Int
	Proof  []byte

	Native   fault.Code // why the native verifier refuses; empty if it must accept
	Contract string     // the contract's custom error; empty if it must accept
}

// Values is a list for the model whose elements use every byte of a value.
func (m *Model) Values(seed byte) []fr.Element {
	out := make([]fr.Element, m.Schema.Values())
	for i := range out {
		b := bytes.Repeat([]byte{seed + byte(i)}, verifier.Chunk)
		b[0] = byte(i)
		out[i].SetBytes(b)
	}
	return out
}

type forge struct {
	tb     testing.TB
	m      *Model
	ctx    [32]byte
	values []fr.Element
	proof  []byte
	claims []Claim
}

func (f *forge) add(name string, ctx [32]byte, values []*big.Int, proof []byte, native fault.Code, contract string) {
	f.claims = append(f.claims, Claim{name, ctx, values, proof, native, contract})
}

// withProof adds the honest claim with another proof.
func (f *forge) withProof(name string, proof []byte, native fault.Code, contract string) {
	f.add(name, f.ctx, Words(f.values), proof, native, contract)
}

// parse reads the honest proof, for a change to its points.
func (f *forge) parse() verifier.Proof {
	p, err := verifier.ParseProof(f.proof)
	require.NoError(f.tb, err)
	return p
}

// Words are the values as integers.
func Words(values []fr.Element) []*big.Int {
	out := make([]*big.Int, len(values))
	for i := range values {
		out[i] = values[i].BigInt(new(big.Int))
	}
	return out
}

// Claims lists an honest claim and every attack on it, with the reason of each refusal. The model needs
// two values or more.
func (m *Model) Claims(tb testing.TB) []Claim {
	tb.Helper()
	f := &forge{tb: tb, m: m, ctx: [32]byte{31: 7}, values: m.Values(17)}
	f.proof, _ = m.ProveClaim(tb, f.ctx, f.values, f.values)
	f.honest()
	f.statement()
	f.fresh()
	f.words()
	f.points()
	f.lengths()
	return f.claims
}

func (f *forge) honest() {
	f.withProof("honest", f.proof, "", "")
	p, t := f.parse(), big.NewInt(12345)
	p.A.ScalarMultiplication(&p.A, t)
	p.B.ScalarMultiplication(&p.B, new(big.Int).ModInverse(t, fr.Modulus()))
	f.withProof("re-randomised proof of the same statement", p.Bytes(), "", "")
	require.NotEqual(f.tb, f.proof, p.Bytes())
}

func (f *forge) statement() {
	words := Words(f.values)
	f.add("context changed", [32]byte{31: 8}, words, f.proof, verifier.ErrPairing, "ProofInvalid")
	for i := range words {
		w := slices.Clone(words)
		w[i] = new(big.Int).Xor(w[i], big.NewInt(1))
		f.add("value changed", f.ctx, w, f.proof, verifier.ErrPairing, "ProofInvalid")
		w = slices.Clone(words)
		w[i] = new(big.Int).Add(w[i], fr.Modulus())
		f.add("value plus modulus", f.ctx, w, f.proof, "value-range", "ValueRange")
	}
	swapped := slices.Clone(words)
	swapped[0], swapped[1] = swapped[1], swapped[0]
	f.add("values swapped", f.ctx, swapped, f.proof, verifier.ErrPairing, "ProofInvalid")
	n := len(words)
	count := func(name string, w []*big.Int) {
		f.add(name, f.ctx, w, f.proof, verifier.ErrValueCount, "ValueCount")
	}
	count("first value dropped", words[1:])
	count("last value dropped", words[:n-1])
	count("zero added", append(slices.Clone(words), new(big.Int)))
	count("value added", append(slices.Clone(words), big.NewInt(9)))
}

// fresh adds proofs that a dishonest prover makes anew for a list that is not the circuit's.
func (f *forge) fresh() {
	var zero fr.Element
	longer := append(slices.Clone(f.values), zero)
	proof, _ := f.m.ProveClaim(f.tb, f.ctx, longer, f.values)
	f.add("fresh proof of a list with a trailing zero", f.ctx, Words(longer), proof, verifier.ErrValueCount, "ValueCount")

	own := slices.Clone(f.values)
	own[len(own)-1] = zero
	shorter := own[:len(own)-1]
	proof, _ = f.m.ProveClaim(f.tb, f.ctx, shorter, own)
	f.add("fresh proof of a list without its trailing zero", f.ctx, Words(shorter), proof, verifier.ErrValueCount, "ValueCount")

	claimed := f.m.Values(99)
	proof, public := f.m.ProveClaim(f.tb, f.ctx, claimed, f.values)
	f.add("fresh proof of other values", f.ctx, Words(claimed), proof, verifier.ErrPairing, "ProofInvalid")

	// The difference of P moved into the proof of knowledge cancels if the two equations are multiplied
	// without a weight and share the base of their points.
	p, err := verifier.ParseProof(proof)
	require.NoError(f.tb, err)
	diff := verifier.Evaluate(verifier.Rho(p.D, public[0]), claimed)
	diff.Sub(&diff, &public[1])
	var shift bn254.G1Affine
	shift.ScalarMultiplication(&f.m.Key.KP, diff.BigInt(new(big.Int)))
	p.PoK.Add(&p.PoK, &shift)
	f.add("error moved between the equations", f.ctx, Words(claimed), p.Bytes(), verifier.ErrPairing, "ProofInvalid")

	other := New(f.tb, f.m.Schema)
	proof, _ = other.ProveClaim(f.tb, f.ctx, f.values, f.values)
	f.withProof("proof of another key", proof, verifier.ErrPairing, "ProofInvalid")
}
