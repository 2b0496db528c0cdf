package input

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// format decodes one file.
type format func(b []byte, specs []Spec, opt Options) ([]Sample, error)

var formats = map[string]format{}

// register makes f the reader of files with the extension, such as ".npy". A duplicate panics.
func register(ext string, f format) {
	if formats[ext] != nil {
		panic("input: two readers of " + ext)
	}
	formats[ext] = f
}

func extension(name string) string { return strings.ToLower(filepath.Ext(name)) }

// extensions lists the known ones for an error.
func extensions() string { return strings.Join(slices.Sorted(maps.Keys(formats)), " ") }

func lookup(name string) (format, error) {
	f := formats[extension(name)]
	if f == nil {
		return nil, &Error{Code: CodeFormat, File: name, Want: "a file of " + extensions(), Got: "extension \"" + extension(name) + "\""}
	}
	return f, nil
}

// Readable reports whether a file's extension has a reader.
func Readable(name string) bool { return formats[extension(name)] != nil }
