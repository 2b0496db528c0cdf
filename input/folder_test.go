//go:build unix

package input

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// A folder may hold what is no file under a file's name: reading it might never end.
func TestFolderPassesOverPipesAndDevices(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	require.NoError(t, os.WriteFile(in("a.json"), []byte(`{"input_data": [[1, 2]]}`), 0o600))
	require.NoError(t, syscall.Mkfifo(in("pipe.json"), 0o600))
	require.NoError(t, os.Symlink(os.DevNull, in("null.json")))
	require.NoError(t, os.Mkdir(in("folder.json"), 0o700))
	require.NoError(t, os.Symlink(in("folder.json"), in("link.json")))
	specs := []Spec{{Name: "x", DType: tensor.Float32, Shape: tensor.Shape{2}}}
	got, err := Read(dir, specs, Options{})
	require.NoError(t, err)
	require.Len(t, got, 1)
	require.NoError(t, os.Symlink(in("gone"), in("broken.json")))
	_, err = Read(dir, specs, Options{})
	require.ErrorIs(t, err, os.ErrNotExist)
}
