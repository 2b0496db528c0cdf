package evm_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/verifier"
	"assay/verifier/evm"
	"assay/verifier/internal/prooftest"
)

func export(t *testing.T, key *verifier.Key, s *verifier.Schema, name string) (string, error) {
	t.Helper()
	var b bytes.Buffer
	err := evm.ExportSolidity(&b, key, s, name)
	return b.String(), err
}

func TestExportStatesWhatItIs(t *testing.T) {
	s, err := verifier.NewSchema(
		verifier.Tensor{Name: "image", Role: verifier.Input, Visibility: verifier.Public, Shape: []int{1, 40}, Max: 255, Scale: 0.25, Bytes: 1},
		verifier.Tensor{Name: "x\n*/ @evil \u202e", Role: verifier.Output, Visibility: verifier.Committed, Shape: []int{}, Min: -9, Max: 9, Scale: 1, Bytes: 1},
	)
	require.NoError(t, err)
	m := prooftest.New(t, s)
	sol, err := export(t, m.Key, s, "Mnist")
	require.NoError(t, err)
	require.Contains(t, sol, "INSECURE DEVELOPMENT SETUP")
	require.Contains(t, sol, "contract Mnist is AssayVerifier {")
	require.Contains(t, sol, `//   values[0..1]: input "image", shape [1 40], public, 1 byte(s) each, integers 0 to 255, scale 0.25`)
	require.Contains(t, sol, `//   values[2..2]: output "x\n*/ @evil \u202e", shape [], committed, its digest`)
	require.Equal(t, 1, strings.Count(sol, "pragma solidity"))
	require.Equal(t, 1, strings.Count(sol, "SPDX"))
	require.NotContains(t, sol, "import ")

	ceremony := *m.Key
	ceremony.Insecure = false
	sol, err = export(t, &ceremony, s, "Mnist")
	require.NoError(t, err)
	require.NotContains(t, sol, "INSECURE")
}

func TestExportRefuses(t *testing.T) {
	m := prooftest.New(t, prooftest.Wide(t, 2))
	for _, name := range []string{"", "1a", "a b", "AssayVerifier", "KeyLint", "a;", "ä"} {
		_, err := export(t, m.Key, m.Schema, name)
		require.ErrorIs(t, err, evm.ErrName, name)
	}
	_, err := export(t, m.Key, prooftest.Wide(t, 3), "A")
	require.ErrorIs(t, err, verifier.ErrSchemaHash)
	bad := *m.Key
	bad.DeltaNeg = bad.GammaNeg
	_, err = export(t, &bad, m.Schema, "A")
	require.ErrorIs(t, err, verifier.ErrKeyGammaDelta)
}

func TestDecodeRevert(t *testing.T) {
	require.EqualError(t, evm.DecodeRevert(nil), "contract reverted without a reason")
	require.ErrorContains(t, evm.DecodeRevert([]byte{1, 2}), "want 4 bytes or more")
	require.ErrorContains(t, evm.DecodeRevert([]byte{1, 2, 3, 4}), "selector 0x01020304 is not an error of AssayVerifier")
}
