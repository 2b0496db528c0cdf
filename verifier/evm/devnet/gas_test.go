package devnet_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/verifier/internal/prooftest"
)

// The gas of a whole transaction by number of values, rounded up to hundreds. Each zero byte of a proof
// saves 12 gas, so it varies by some tens.
var gas = map[string]map[int]uint64{
	"development":  {1: 313_000, 8: 317_100, 26: 327_800, 28: 328_900, 100: 371_400},
	"shared gamma": {1: 279_100, 8: 283_200, 26: 293_900, 28: 295_000, 100: 337_600},
	"ceremony":     {1: 279_100, 8: 283_200, 26: 293_900, 28: 295_000, 100: 337_600},
}

func TestGas(t *testing.T) {
	chain := start(t)
	for name, setup := range prooftest.Setups {
		for n, want := range gas[name] {
			t.Run(fmt.Sprintf("%s %d", name, n), func(t *testing.T) {
				m := prooftest.With(t, prooftest.Wide(t, n), setup)
				contract, err := chain.Deploy(t.Context(), m.Key)
				require.NoError(t, err)
				got, err := contract.Verify(t.Context(), m.Prove(t, [32]byte{1}, m.Values(17)))
				require.NoError(t, err)
				t.Logf("n=%d gas=%d deploy=%d runtime=%d", n, got, contract.DeployGas, contract.Runtime)
				require.InDelta(t, want, got, 400)
			})
		}
	}
}
