package prover_test

import (
	"math/rand"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/stretchr/testify/require"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/ir/tensor"
)

func TestMatches(t *testing.T) {
	for _, v := range []circuits.Visibility{circuits.Public, circuits.Committed} {
		t.Run(string(v), func(t *testing.T) {
			rng := rand.New(rand.NewSource(10))
			m, err := circuits.NewModel(testprogram.Convnet(t, rng), v, v)
			require.NoError(t, err)
			p := newProver(t, m)
			in := testprogram.Inputs(rng, m.Program)
			r, err := p.Prove([32]byte{}, in, nil)
			require.NoError(t, err)
			values := r.Envelope.Values
			require.True(t, p.Matches(values, in, r.Salts))

			other := []*tensor.Int{tensor.New[int64](in[0].Shape)}
			copy(other[0].Data, in[0].Data)
			other[0].Data[7] ^= 1
			require.False(t, p.Matches(values, other, r.Salts), "another input")
			require.False(t, p.Matches(values, nil, r.Salts), "no input")
			require.False(t, p.Matches(values, []*tensor.Int{tensor.New[int64](tensor.Shape{2})}, r.Salts), "another shape")
			require.False(t, p.Matches(nil, in, r.Salts), "no values")
			if v == circuits.Committed {
				require.False(t, p.Matches(values, in, nil), "no salts")
				require.False(t, p.Matches(values, in, []fr.Element{fr.One()}), "another salt")
			}
		})
	}
}
