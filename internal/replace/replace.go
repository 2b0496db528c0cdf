// Package replace writes files that are there whole or not at all.
package replace

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// File puts b in the place of whatever is at path, with the given mode: it writes beside it and renames, so that a process
// that is killed, or another that reads meanwhile, finds the old file or the new one.
func File(path string, b []byte, mode os.FileMode) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".assay.*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if _, err = tmp.Write(b); err == nil {
		err = tmp.Chmod(mode)
	}
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(tmp.Name())))
	}
	return nil
}
