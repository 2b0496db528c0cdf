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
	"random G":   {1: 313_100, 8: 317_200, 26: 327_900, 28: 329_000, 100: 371_500},
	"G is gamma": {1: 279_200, 8: 283_300, 26: 294_000, 28: 295_100, 100: 337_700},
}

func TestGas(t *testing.T) {
	chain := start(t)
	for name, options := range keys {
		for n, want := range gas[name] {
			t.Run(fmt.Sprintf("%s %d", name, n), func(t *testing.T) {
				m := prooftest.New(t, prooftest.Wide(t, n), options...)
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
