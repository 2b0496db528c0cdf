package devnet_test

import (
	"context"
	"errors"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/verifier/evm"
	"assay/verifier/evm/devnet"
	"assay/verifier/internal/prooftest"
)

func start(t testing.TB) *devnet.Chain {
	t.Helper()
	chain, err := devnet.Start()
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, chain.Close()) })
	return chain
}

// checkClaims asks a deployed contract every claim and requires the reason of each refusal.
func checkClaims(t *testing.T, contract *devnet.Contract, claims []prooftest.Claim) {
	t.Helper()
	for _, c := range claims {
		t.Run(c.Name, func(t *testing.T) {
			data, err := evm.PackWords(c.Ctx, c.Values, c.Proof)
			require.NoError(t, err)
			err = contract.Call(t.Context(), data)
			if c.Contract == "" {
				require.NoError(t, err)
				return
			}
			requireRevert(t, err, c.Contract)
		})
	}
}

func requireRevert(t *testing.T, err error, name string) *evm.Revert {
	t.Helper()
	var r *evm.Revert
	require.True(t, errors.As(err, &r), "want a revert with %s, got %v", name, err)
	require.Equal(t, name, r.Name)
	return r
}

func TestContractClaims(t *testing.T) {
	chain := start(t)
	for name, setup := range prooftest.Setups {
		t.Run(name, func(t *testing.T) {
			m := prooftest.With(t, prooftest.Wide(t, 6), setup)
			contract, err := chain.Deploy(t.Context(), m.Key)
			require.NoError(t, err)
			checkClaims(t, contract, m.Claims(t))
		})
	}
}

func TestConstructorRefusesBadKeys(t *testing.T) {
	chain := start(t)
	m := prooftest.New(t, prooftest.Wide(t, 2))
	for _, k := range m.BadKeys() {
		t.Run(k.Name, func(t *testing.T) {
			code, err := evm.CreationBytes(k.Bytes)
			require.NoError(t, err)
			_, err = chain.DeployCode(t.Context(), code)
			requireRevert(t, err, k.Contract)
		})
	}
}

func TestRevertCarriesItsArguments(t *testing.T) {
	chain := start(t)
	m := prooftest.New(t, prooftest.Wide(t, 3))
	contract, err := chain.Deploy(t.Context(), m.Key)
	require.NoError(t, err)
	e := m.Prove(t, [32]byte{}, m.Values(1))

	data, err := evm.Pack(e.Context, e.Values[:2], e.Proof)
	require.NoError(t, err)
	r := requireRevert(t, contract.Call(t.Context(), data), "ValueCount")
	require.Equal(t, []any{big.NewInt(3), big.NewInt(2)}, r.Args)
	require.EqualError(t, r, "contract reverted: ValueCount(3, 2)")

	words := prooftest.Words(e.Values)
	words[1] = new(big.Int).Lsh(big.NewInt(1), 255)
	data, err = evm.PackWords(e.Context, words, e.Proof)
	require.NoError(t, err)
	require.Equal(t, []any{big.NewInt(1)}, requireRevert(t, contract.Call(t.Context(), data), "ValueRange").Args)

	data, err = evm.Calldata(e)
	require.NoError(t, err)
	r = requireRevert(t, contract.Call(t.Context(), data[:len(data)-1]), "")
	require.EqualError(t, r, "contract reverted without a reason")
}

func TestViews(t *testing.T) {
	chain := start(t)
	m := prooftest.New(t, prooftest.Wide(t, 3))
	for _, insecure := range []bool{true, false} {
		key := *m.Key
		key.Insecure = insecure
		contract, err := chain.Deploy(t.Context(), &key)
		require.NoError(t, err)
		for name, want := range map[string]any{
			"keyId": key.ID(), "programHash": key.Program, "schemaHash": key.Schema,
			"valueCount": big.NewInt(3), "insecureDev": insecure,
		} {
			got, err := contract.View(context.Background(), name)
			require.NoError(t, err)
			require.Equal(t, want, got, name)
		}
	}
}
