package ops_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
)

// TestExport writes the cases into the folder that ASSAY_EXPORT names, for assay suite and for other runtimes.
func TestExport(t *testing.T) {
	dir := os.Getenv("ASSAY_EXPORT")
	if dir == "" {
		t.Skip("ASSAY_EXPORT names no folder")
	}
	n, err := optest.Export(dir)
	require.NoError(t, err)
	require.Greater(t, n, 100)
	t.Logf("%d cases", n)
}
