package circuits

import (
	"assay/internal/testprogram"
	"math/rand"
	"testing"

	"assay/circuits/gadget"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/test"
	"github.com/stretchr/testify/require"
)

// The rung between evaluator and solver: gnark's test engine takes honest advice and refuses any other.
func TestEngineAgrees(t *testing.T) {
	for _, f := range forms {
		for _, v := range visibilities {
			t.Run(f.name+"/"+string(v), func(t *testing.T) {
				rng := rand.New(rand.NewSource(11))
				s := newSystem(t, f.build(t), v, v)
				engine := func(a gadget.Advice) error {
					assignment := &anyClaim{*s.Circuit()}
					assignment.H, assignment.P = 5, 0
					for i := range assignment.Salt {
						assignment.Salt[i] = s.salts[i]
					}
					return test.IsSolved(&anyClaim{*s.Engine(a)}, assignment, ecc.BN254.ScalarField())
				}
				_, honest := s.honest(t, testprogram.Inputs(rng, s.Program))
				require.NoError(t, engine(honest))
				for range 8 {
					a := clone(honest)
					call := rng.Intn(len(a))
					a[call][rng.Intn(len(a[call]))] += 1 + rng.Int63n(3)
					require.Error(t, engine(a), "call %d", call)
				}
				// The engine's own P is not zero.
				assignment := s.Circuit()
				assignment.H, assignment.P = 5, 0
				for i := range assignment.Salt {
					assignment.Salt[i] = s.salts[i]
				}
				require.Error(t, test.IsSolved(s.Engine(honest), assignment, ecc.BN254.ScalarField()), "a claim of zeros")
			})
		}
	}
}
