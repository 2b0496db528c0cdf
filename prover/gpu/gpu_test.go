//go:build !icicle

package gpu_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"assay/prover/gpu"
)

func TestNotBuilt(t *testing.T) {
	b, err := gpu.Open(gpu.Options{})
	require.ErrorIs(t, err, gpu.ErrNotBuilt)
	require.ErrorContains(t, err, "make gpu")
	require.Nil(t, b)
	_, err = gpu.MeasureRates(gpu.Options{}, []int{4})
	require.ErrorIs(t, err, gpu.ErrNotBuilt)
}
