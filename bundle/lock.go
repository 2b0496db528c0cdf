package bundle

import (
	"fmt"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lockFile is locked while a process writes a bundle: its files belong together. It stays, empty.
const lockFile = ".lock"

// lock keeps other processes from writing the bundle in dir until it is closed.
func lock(dir string) (*flock.Flock, error) {
	l := flock.New(filepath.Join(dir, lockFile))
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock bundle: %w", err)
	}
	if !ok {
		return nil, fmt.Errorf("lock bundle: another process writes %s: wait for it to end", dir)
	}
	return l, nil
}
