package bundle

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A killed process leaves a temporary file, and no manifest: the folder can be claimed again.
func TestClaimAfterKill(t *testing.T) {
	dir := t.TempDir()
	leftover := filepath.Join(dir, "."+ProgramFile+".2823708554")
	for _, f := range []string{leftover, filepath.Join(dir, ModelFile), filepath.Join(dir, ManifestFile)} {
		require.NoError(t, os.WriteFile(f, []byte("half"), 0o644))
	}
	held, err := claim(dir)
	require.NoError(t, err)
	_, err = claim(dir)
	require.ErrorContains(t, err, "another process writes")
	require.NoError(t, held.Close())
	require.NoFileExists(t, leftover)
	require.NoFileExists(t, filepath.Join(dir, ManifestFile), "a bundle that is being replaced is none")
	_, err = Open(dir)
	require.Error(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o644))
	_, err = claim(dir)
	require.ErrorContains(t, err, "notes.txt")
}
