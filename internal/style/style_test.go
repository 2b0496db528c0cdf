// Package style checks what the module's files look like.
package style

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../.."

// maxLines is the most that a hand-written file of Go or Solidity may have, tests apart.
const maxLines = 600

var (
	generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

	// machine matches the absolute path of a folder that only one machine has. It is put together so that it does not
	// match itself.
	machine = regexp.MustCompile(`(^|[^A-Za-z0-9_.)}\]/-])/(` + strings.Join([]string{"work", "root", "home/[a-z]+"}, "|") + `)/[A-Za-z.]`)
)

// skipped are folders that tools write.
var skipped = map[string]bool{".git": true, "bin": true, "build": true, "node_modules": true, "out": true, "cache": true}

func walk(t *testing.T, visit func(path string, text []byte)) {
	t.Helper()
	seen := 0
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if skipped[d.Name()] {
				return fs.SkipDir
			}
			return nil
		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > 4<<20 {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.IndexByte(b[:min(len(b), 8000)], 0) < 0 {
			seen++
			visit(filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator))), b)
		}
		return nil
	}))
	require.Greater(t, seen, 100, "files found under %s", root)
}

func TestFileLength(t *testing.T) {
	walk(t, func(path string, text []byte) {
		source := strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, ".sol")
		if !source || generated.Match(text) {
			return
		}
		if n := bytes.Count(text, []byte("\n")); n > maxLines {
			t.Errorf("%s: want at most %d lines, got %d", path, maxLines, n)
		}
	})
}

func TestNoMachinePaths(t *testing.T) {
	slash := "/"
	require.True(t, machine.MatchString("see "+slash+"work"+slash+"x"))
	require.True(t, machine.MatchString(`"`+slash+"root"+slash+`.cache"`))
	require.False(t, machine.MatchString("https://example.org/work/x"))
	walk(t, func(path string, text []byte) {
		for i, line := range bytes.Split(text, []byte("\n")) {
			if m := machine.Find(line); m != nil {
				t.Errorf("%s: line %d names a path of one machine: %s", path, i+1, m)
			}
		}
	})
}
