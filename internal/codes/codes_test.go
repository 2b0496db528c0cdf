package codes

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/errors.md")

const list = "../../docs/errors.md"

func TestListIsCurrent(t *testing.T) {
	codes, err := Find("../..")
	require.NoError(t, err)
	require.Greater(t, len(codes), 30)
	want := render(codes)
	if *update {
		require.NoError(t, os.WriteFile(list, []byte(want), 0o644))
	}
	got, err := os.ReadFile(list)
	require.NoError(t, err)
	require.Equal(t, want, string(got), "run: go test ./internal/codes -update")
}

func render(codes []Code) string {
	var b strings.Builder
	b.WriteString(`# Error codes

Every refusal that a program may want to act on has a code that stays stable; the text around it may change. A code is
declared beside the check that raises it. This list is written by ` + "`go test ./internal/codes -update`" + `.
`)
	last := ""
	for _, c := range codes {
		if c.Package != last {
			last = c.Package
			fmt.Fprintf(&b, "\n## %s\n\n| code | meaning |\n|---|---|\n", last)
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", c.Name, strings.ReplaceAll(c.Meaning, "|", `\|`))
	}
	return b.String()
}

func TestFind(t *testing.T) {
	for _, tc := range []struct {
		name, source string
		want         []Code
		fail         string
	}{
		{"constant", "const CodeA = \"A\" // what a is", []Code{{"A", "what a is", "."}}, ""},
		{"documented", "const (\n// CodeA: what a is.\nCodeA = \"A\"\n)", []Code{{"A", "what a is", "."}}, ""},
		{"fault", "var ErrA = fault.Define(\"a\", \"what a is\")", []Code{{"a", "what a is", "."}}, ""},
		{"alias", "const CodeA = other.CodeA", nil, ""},
		{"silent", "const CodeA = \"A\"", nil, "no meaning"},
		{"twice", "const CodeA = \"A\" // x\nconst CodeB = \"A\" // y", nil, "declared twice"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "a.go"), []byte("package a\n"+tc.source+"\n"), 0o644))
			got, err := Find(dir)
			if tc.fail != "" {
				require.ErrorContains(t, err, tc.fail)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
}
