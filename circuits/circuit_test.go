package circuits

import (
	"math/big"
	"math/rand"
	"testing"

	"assay/internal/testprogram"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	fcs "github.com/consensys/gnark/frontend/cs"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
)

func init() { logger.Set(zerolog.Nop()) }

func TestSolverAcceptsHonestAdvice(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	p := testprogram.Convnet(t, rng)
	m, err := NewModel(p, Public, Public)
	require.NoError(t, err)
	cs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, m.Circuit())
	require.NoError(t, err)
	t.Logf("constraints %d planned %d nonlinear %d tables %d", cs.GetNbConstraints(), m.Plan.Constraints(), m.Plan.Nonlinear(), m.Plan.Tables())
	for range 5 {
		tr, err := p.Run(testprogram.Inputs(rng, p))
		require.NoError(t, err)
		a, err := m.Advice(tr)
		require.NoError(t, err)
		var rho fr.Element
		rho.SetRandom()
		var pv, v fr.Element
		var vals []*big.Int
		for _, l := range m.Layouts {
			vals = append(vals, l.Pack(tr[l.Tensor].Data)...)
		}
		for i := len(vals) - 1; i >= 0; i-- {
			pv.Mul(&pv, &rho)
			v.SetBigInt(vals[i])
			pv.Add(&pv, &v)
		}
		as := m.Circuit()
		as.H, as.P = 5, pv
		w, err := frontend.NewWitness(as, ecc.BN254.ScalarField())
		require.NoError(t, err)
		fix := solver.OverrideHint(solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder), func(_ *big.Int, _, out []*big.Int) error { rho.BigInt(out[0]); return nil })
		_, err = cs.Solve(w, a.Solve(), fix)
		require.NoError(t, err)
	}
}
