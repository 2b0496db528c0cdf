//go:build icicle

package gpu_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/prover"
	"assay/prover/backendtest"
	"assay/prover/gpu"
)

// kind is the device that the tests use: CUDA, or what ASSAY_ICICLE names.
func kind() string { return os.Getenv("ASSAY_ICICLE") }

func TestConformance(t *testing.T) {
	backendtest.Run(t, func(t testing.TB) prover.Backend {
		b, err := gpu.Open(gpu.Options{Kind: kind()})
		require.NoError(t, err)
		return b
	})
}

func TestOpenRefuses(t *testing.T) {
	for name, o := range map[string]gpu.Options{
		"kind":   {Kind: "abacus"},
		"device": {Kind: kind(), Device: 4096},
		"folder": {Kind: gpu.CUDA, Libraries: t.TempDir()},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "folder" && kind() != gpu.CPU {
				t.Skip("the libraries are loaded already")
			}
			_, err := gpu.Open(o)
			require.ErrorIs(t, err, gpu.ErrDevice)
		})
	}
}
