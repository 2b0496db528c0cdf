package benchmarks

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestProgressNamesWhatIsNew(t *testing.T) {
	before := &Result{Rows: []*Row{{Model: "a", Constraints: 9, Compile: 3, Setup: 4, Prove: 2, ProvePeak: 8e6}, {Model: "c", Error: "too large"}}}
	after := &Result{Rows: []*Row{{Model: "a", Constraints: 7, Compile: 1.5, Setup: 1, Prove: 0.5, ProvePeak: 4e6}, {Model: "b"}, {Model: "c"}}}
	var b strings.Builder
	require.NoError(t, after.Progress(before, &b))
	require.Contains(t, b.String(), "| a | 9 | 7 | 3.00 | 1.50 | 4.00 | 1.00 | 4.0 | 2.000 | 0.500 | 4.0 | 8 | 4 |\n")
	require.Contains(t, b.String(), "Not measured before: b, c.")
}
