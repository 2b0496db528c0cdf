package verifier

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"
)

// Domain separates the hash of a statement from every other use of keccak256.
const Domain = "ASSAY1"

// H is the first public input: the digest of the key, the context and the values, in order.
func H(keyID, ctx [32]byte, values []fr.Element) fr.Element {
	h := sha3.NewLegacyKeccak256()
	h.Write([]byte(Domain))
	h.Write(keyID[:])
	h.Write(ctx[:])
	for i := range values {
		w := values[i].Bytes()
		h.Write(w[:])
	}
	var e fr.Element
	return *e.SetBytes(h.Sum(nil))
}

// Rho is the challenge of the circuit's commitment d for the statement h. It equals what gnark computes
// under solidity.WithProverTargetSolidityVerifier(backend.GROTH16).
func Rho(d bn254.G1Affine, h fr.Element) fr.Element {
	p, w := d.RawBytes(), h.Bytes()
	k := sha3.NewLegacyKeccak256()
	k.Write(p[:])
	k.Write(w[:])
	var e fr.Element
	return *e.SetBytes(k.Sum(nil))
}

// Evaluate is the second public input P: the polynomial whose coefficients are the values, lowest
// first, at rho. It is zero for an empty list.
func Evaluate(rho fr.Element, values []fr.Element) fr.Element {
	var p fr.Element
	for i := len(values) - 1; i >= 0; i-- {
		p.Mul(&p, &rho)
		p.Add(&p, &values[i])
	}
	return p
}
