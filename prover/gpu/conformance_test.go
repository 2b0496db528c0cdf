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

func TestMeasureRates(t *testing.T) {
	if os.Getenv("ASSAY_GPU_RATES") == "" {
		t.Skip("it takes the device from the other tests of this process: set ASSAY_GPU_RATES and run it alone")
	}
	r, err := gpu.MeasureRates(gpu.Options{Kind: kind()}, []int{4, 6})
	require.NoError(t, err)
	require.Len(t, r.MSM, 4)
	require.Len(t, r.NTT, 2)
	require.Len(t, r.Transfers, 4)
	for _, x := range append(r.MSM, r.NTT...) {
		require.Positive(t, x.PerSecond)
	}
}
