package circuits

import (
	"assay/internal/testprogram"
	"math/rand"
	"slices"
	"testing"

	"github.com/consensys/gnark/constraint"
	"github.com/stretchr/testify/require"
)

// All that a prover chooses is committed before the challenge: every advice wire, the multiplicities among them, the
// salts, and nothing public but H.
func TestAdviceIsCommitted(t *testing.T) {
	for _, f := range forms {
		for _, v := range visibilities {
			t.Run(f.name+"/"+string(v), func(t *testing.T) {
				s := newSystem(t, f.build(t), v, v)
				_, honest := s.honest(t, testprogram.Inputs(rand.New(rand.NewSource(1)), s.Program))
				wires := 0
				for _, xs := range honest {
					wires += len(xs)
				}
				infos := s.full.GetCommitments().(constraint.Groth16Commitments)
				require.Len(t, infos, 1)
				require.Equal(t, []int{1}, infos[0].PublicAndCommitmentCommitted, "H alone")
				private := infos[0].PrivateCommitted
				const mask = 1
				if v == Public {
					require.Len(t, private, wires+mask)
					return
				}
				require.GreaterOrEqual(t, len(private), wires+mask+s.Salts())
				for i := range s.Salts() {
					const firstSecret = 3 // after one, H and P
					require.True(t, slices.Contains(private, firstSecret+i), "salt %d", i)
				}
			})
		}
	}
}
