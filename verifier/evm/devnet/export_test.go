package devnet_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/stretchr/testify/require"

	"assay/contracts"
	"assay/verifier/evm"
	"assay/verifier/internal/prooftest"
)

const contractsDir = "../../../contracts"

func requireSolc(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed")
	}
	if _, err := os.Stat(filepath.Join(contractsDir, "node_modules", "solc")); err != nil {
		t.Skip("solc-js is not installed: run npm ci in contracts")
	}
}

func node(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "node", args...)
	cmd.Dir = contractsDir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	return out
}

// A stranger's path: the exported file, a compiler with or without the pinned settings, a deployment
// without arguments.
func TestExportedContractClaims(t *testing.T) {
	requireSolc(t)
	chain := start(t)
	for _, tt := range []struct{ name, setup, flag string }{
		{"pinned settings", "ceremony", "--pinned"},
		{"compiler's own settings", "development", "--defaults"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := prooftest.With(t, prooftest.Wide(t, 3), prooftest.Setups[tt.setup])
			var source bytes.Buffer
			require.NoError(t, evm.ExportSolidity(&source, m.Key, m.Schema, "ModelVerifier"))
			file := filepath.Join(t.TempDir(), "ModelVerifier.sol")
			require.NoError(t, os.WriteFile(file, source.Bytes(), 0o600))

			var compiled map[string]contracts.Artifact
			require.NoError(t, json.Unmarshal(node(t, "scripts/compile.js", file, tt.flag), &compiled))
			code, err := hexutil.Decode(compiled["ModelVerifier"].Bytecode)
			require.NoError(t, err)
			contract, err := chain.DeployCode(t.Context(), code)
			require.NoError(t, err)
			id, err := contract.View(t.Context(), "keyId")
			require.NoError(t, err)
			require.Equal(t, m.Key.ID(), id)
			checkClaims(t, contract, m.Claims(t))

			embedded, err := chain.Deploy(t.Context(), m.Key)
			require.NoError(t, err)
			e := m.Prove(t, [32]byte{9}, m.Values(40))
			want, err := embedded.Verify(t.Context(), e)
			require.NoError(t, err)
			got, err := contract.Verify(t.Context(), e)
			require.NoError(t, err)
			if tt.flag == "--pinned" {
				require.Equal(t, want, got, "gas of the exported and of the embedded contract")
				require.Equal(t, embedded.Runtime, contract.Runtime)
			}
		})
	}
}

func TestArtifactsAreWhatTheSourcesGive(t *testing.T) {
	requireSolc(t)
	require.Contains(t, string(node(t, "scripts/build.js", "--check")), "AssayVerifier: up to date")
}
