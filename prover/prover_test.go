package prover_test

import (
	"math/rand"
	"testing"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/prover"
	"assay/prover/cpu"

	"github.com/stretchr/testify/require"
)

func newProver(t testing.TB, m *circuits.Model) *prover.Prover {
	r, err := prover.Compile(m)
	require.NoError(t, err)
	pk, key, schema, err := prover.SetupInsecure(m, r)
	require.NoError(t, err)
	return &prover.Prover{Model: m, R1CS: r, PK: pk, Key: key, Schema: schema, Backend: cpu.New(cpu.Options{})}
}

func TestProve(t *testing.T) {
	for _, v := range []circuits.Visibility{circuits.Public, circuits.Committed} {
		t.Run(string(v), func(t *testing.T) {
			rng := rand.New(rand.NewSource(2))
			p := testprogram.Convnet(t, rng)
			m, err := circuits.NewModel(p, v, v)
			require.NoError(t, err)
			pr := newProver(t, m)
			require.Equal(t, m.Plan.Constraints(), pr.R1CS.GetNbConstraints(), "planned and made constraints")
			for range 3 {
				res, err := pr.Prove([32]byte{7}, testprogram.Inputs(rng, p), nil)
				require.NoError(t, err)
				require.Len(t, res.Salts, m.Salts())
			}
		})
	}
}
