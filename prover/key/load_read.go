//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package key

// load reads a file.
func load(path string) (data []byte, free func() error, err error) {
	data, err = read(path)
	return data, func() error { return nil }, err
}
