package prooftest

import (
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"assay/verifier"
)

// words adds each word of the proof changed, and each made non-canonical.
func (f *forge) words() {
	for i := 0; i < len(f.proof); i += 32 {
		b := slices.Clone(f.proof)
		b[i+31] ^= 1
		f.withProof("proof word changed", b, verifier.ErrCurve, "ProofPoint")
		f.withProof("proof word plus modulus", addModulus(f.proof, i), verifier.ErrCoordinate, "ProofCoordinate")
	}
}

// points adds proofs whose points are valid and wrong.
func (f *forge) points() {
	_, _, g1, g2 := bn254.Generators()
	edit := func(name string, change func(*verifier.Proof)) {
		p := f.parse()
		change(&p)
		native := verifier.ErrPairing
		if h := f.parse(); p.A == h.A && p.B == h.B && p.C == h.C && p.D == h.D {
			native = verifier.ErrKnowledge
		}
		f.withProof(name, p.Bytes(), native, "ProofInvalid")
	}
	edit("A negated", func(p *verifier.Proof) { p.A.Neg(&p.A) })
	edit("B negated", func(p *verifier.Proof) { p.B.Neg(&p.B) })
	edit("C negated", func(p *verifier.Proof) { p.C.Neg(&p.C) })
	edit("D negated", func(p *verifier.Proof) { p.D.Neg(&p.D) })
	edit("PoK negated", func(p *verifier.Proof) { p.PoK.Neg(&p.PoK) })
	edit("A at the generator", func(p *verifier.Proof) { p.A = g1 })
	edit("B at the generator", func(p *verifier.Proof) { p.B = g2 })
	edit("C at the generator", func(p *verifier.Proof) { p.C = g1 })
	edit("D at the generator", func(p *verifier.Proof) { p.D = g1 })
	edit("PoK at the generator", func(p *verifier.Proof) { p.PoK = g1 })
	edit("D and PoK doubled", func(p *verifier.Proof) { p.D.Double(&p.D); p.PoK.Double(&p.PoK) })
	edit("A and C swapped", func(p *verifier.Proof) { p.A, p.C = p.C, p.A })

	for _, r := range [][2]int{{0, 64}, {64, 192}, {192, 256}, {256, 320}, {320, 384}} {
		b := slices.Clone(f.proof)
		clear(b[r[0]:r[1]])
		f.withProof("point at infinity", b, verifier.ErrInfinity, "ProofInfinity")
	}
	b := slices.Clone(f.proof)
	copy(b[64:192], OutsideSubgroup())
	f.withProof("B outside the subgroup", b, verifier.ErrSubgroup, "ProofPoint")
}

func (f *forge) lengths() {
	for _, n := range []int{0, 32, 256, 352, 383} {
		f.withProof("proof truncated", f.proof[:n], "envelope-proof", "ProofSize")
	}
	for _, n := range []int{1, 32} {
		f.withProof("proof extended", append(slices.Clone(f.proof), make([]byte, n)...), "envelope-proof", "ProofSize")
	}
}

// OutsideSubgroup is a point of the G2 curve that is not in the prime-order subgroup, encoded for the EVM.
func OutsideSubgroup() []byte {
	var p bn254.G2Affine
	three := bn254.E2{A0: fp.NewElement(3)}
	b := bn254.E2{A0: fp.NewElement(9), A1: fp.NewElement(1)}
	b.Inverse(&b).Mul(&b, &three)
	for x := uint64(1); ; x++ {
		p.X.A0.SetUint64(x)
		p.Y.Square(&p.X).Mul(&p.Y, &p.X).Add(&p.Y, &b)
		if p.Y.Legendre() != 1 {
			continue
		}
		p.Y.Sqrt(&p.Y)
		if p.IsOnCurve() && !p.IsInSubGroup() {
			raw := p.RawBytes()
			return raw[:]
		}
	}
}

// addModulus adds the base field's modulus to the word of b that starts at i.
func addModulus(b []byte, i int) []byte {
	out := slices.Clone(b)
	w := new(big.Int).SetBytes(b[i : i+32])
	w.Add(w, fp.Modulus()).FillBytes(out[i : i+32])
	return out
}
