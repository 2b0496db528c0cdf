package verifier_test

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"assay/verifier"
)

func elements(t *rapid.T, label string, max int) []fr.Element {
	raw := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 32, 32), 0, max).Draw(t, label)
	out := make([]fr.Element, len(raw))
	for i, b := range raw {
		out[i].SetBytes(b)
	}
	return out
}

// The definitions again, on integers and go-ethereum's keccak.
func TestStatementFollowsItsDefinition(t *testing.T) {
	_, _, g1, _ := bn254.Generators()
	rapid.Check(t, func(t *rapid.T) {
		values := elements(t, "values", 9)
		var key, ctx [32]byte
		copy(key[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key"))
		copy(ctx[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "ctx"))
		r := fr.Modulus()

		text := append(append([]byte("ASSAY1"), key[:]...), ctx[:]...)
		for i := range values {
			text = append(text, values[i].BigInt(new(big.Int)).FillBytes(make([]byte, 32))...)
		}
		h := new(big.Int).SetBytes(crypto.Keccak256(text))
		h.Mod(h, r)
		gotH := verifier.H(key, ctx, values)
		require.Equal(t, h.String(), gotH.String())

		var d bn254.G1Affine
		d.ScalarMultiplication(&g1, big.NewInt(rapid.Int64Range(1, 1<<40).Draw(t, "d")))
		x, y := d.X.Bytes(), d.Y.Bytes()
		rho := new(big.Int).SetBytes(crypto.Keccak256(x[:], y[:], h.FillBytes(make([]byte, 32))))
		rho.Mod(rho, r)
		gotRho := verifier.Rho(d, gotH)
		require.Equal(t, rho.String(), gotRho.String())

		p, power := new(big.Int), big.NewInt(1)
		for i := range values {
			p.Add(p, new(big.Int).Mul(values[i].BigInt(new(big.Int)), power))
			power.Mul(power, rho).Mod(power, r)
		}
		gotP := verifier.Evaluate(gotRho, values)
		require.Equal(t, p.Mod(p, r).String(), gotP.String())
	})
}

// The reason that the number of values is part of the key.
func TestEvaluateIgnoresTrailingZeros(t *testing.T) {
	rho, v := fr.NewElement(7), []fr.Element{fr.NewElement(1), fr.NewElement(2)}
	require.Equal(t, verifier.Evaluate(rho, v), verifier.Evaluate(rho, append(v, fr.Element{})))
}
