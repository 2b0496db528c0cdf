//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package key

// load reads a file.
func load(path string) (*loaded, error) {
	data, err := read(path)
	return &loaded{data: data}, err
}
