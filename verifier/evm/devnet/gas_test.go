package devnet_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/verifier/internal/prooftest"
)

// The gas of a whole transaction stays under what is documented for the number of values.
func TestGas(t *testing.T) {
	chain := start(t)
	for name, options := range keys {
		for _, n := range []int{1, 8, 26, 28, 100} {
			t.Run(fmt.Sprintf("%s %d", name, n), func(t *testing.T) {
				m := prooftest.New(t, prooftest.Wide(t, n), options...)
				contract, err := chain.Deploy(t.Context(), m.Key)
				require.NoError(t, err)
				gas, err := contract.Verify(t.Context(), m.Prove(t, [32]byte{1}, m.Values(17)))
				require.NoError(t, err)
				t.Logf("n=%d gas=%d deploy=%d runtime=%d", n, gas, contract.DeployGas, contract.Runtime)
			})
		}
	}
}
