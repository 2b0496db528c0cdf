package style

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	direct = regexp.MustCompile(`(?m)^(?:require )?\t?([a-z][^\s]*\.[^\s]+) (v[^\s]+)$`)
	tool   = regexp.MustCompile(`(?m)^tool ([^\s]+)$`)
	all    = regexp.MustCompile(`(?m)^\t?([a-z][^\s]*\.[^\s]+) (v[^\s]+)(?: // indirect)?$`)
)

// TestDependenciesAreExplained holds docs/dependencies.md to the modules that go.mod requires directly, its tools, and
// the packages of contracts/package.json: each is listed with its version, and nothing else is.
func TestDependenciesAreExplained(t *testing.T) {
	read := func(path string) string {
		b, err := os.ReadFile(filepath.Join(root, path))
		require.NoError(t, err)
		return string(b)
	}
	mod := read("go.mod")
	want := map[string]string{}
	for _, m := range direct.FindAllStringSubmatch(mod, -1) {
		want[m[1]] = m[2]
	}
	for _, m := range tool.FindAllStringSubmatch(mod, -1) {
		for _, r := range all.FindAllStringSubmatch(mod, -1) {
			if strings.HasPrefix(m[1], r[1]+"/") {
				want[r[1]] = r[2]
			}
		}
	}
	var npm struct{ Dependencies, DevDependencies map[string]string }
	require.NoError(t, json.Unmarshal([]byte(read("contracts/package.json")), &npm))
	for _, list := range []map[string]string{npm.Dependencies, npm.DevDependencies} {
		for name, version := range list {
			want[name] = version
		}
	}
	require.Greater(t, len(want), 10)

	got := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ([^ ]+) \\| .{10,} \\|$").FindAllStringSubmatch(read("docs/dependencies.md"), -1) {
		got[row[1]] = row[2]
	}
	require.Equal(t, want, got)
}
