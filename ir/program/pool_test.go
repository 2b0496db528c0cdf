package program_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// repeated has steps layers of equal weights and, after them, one of others.
func repeated(t *testing.T, steps int) *program.Program {
	b := testprogram.New(t, "repeated")
	x := b.Input(tensor.Shape{1, 16}, 0, 1)
	shared, other := make([]int64, 256), make([]int64, 256)
	for i := range shared {
		shared[i], other[i] = int64(i*i%7), int64(i%5)
	}
	var outs []int
	for range steps {
		outs = append(outs, b.Add(testprogram.Dense(x, 16, make([]int64, 16), shared)))
	}
	return b.Done(append(outs, b.Add(testprogram.Dense(x, 16, make([]int64, 16), other)))...)
}

func TestRepeatedConstantsAreWrittenOnce(t *testing.T) {
	one, many := encode(t, repeated(t, 1)), encode(t, repeated(t, 20))
	weights := strings.Count(string(many), `"weights":"@0"`)
	require.Equal(t, 19, weights)
	require.Less(t, len(many), len(one)+20*400)
	p, err := program.Decode(many)
	require.NoError(t, err)
	require.Equal(t, repeated(t, 20), p)
	require.Equal(t, many, encode(t, p))
}

func TestRepeatedConstantsAreInMemoryOnce(t *testing.T) {
	p, err := program.Decode(encode(t, repeated(t, 20)))
	require.NoError(t, err)
	held := map[*int64]int{}
	for _, n := range p.Nodes {
		held[&n.Kernel.(*program.Linear).Terms[0].Map.Stored()[0]]++
	}
	require.ElementsMatch(t, []int{20, 1}, slices.Collect(maps.Values(held)))
}

func TestPoolRefuses(t *testing.T) {
	b := encode(t, repeated(t, 2))
	for _, c := range []struct{ name, old, new, err string }{
		{"a reference to a later constant", `"@0"`, `"@1"`, "earlier constant"},
		{"a negative reference", `"@0"`, `"@-1"`, "earlier constant"},
		{"a reference in a longer form", `"@0"`, `"@00"`, "earlier constant"},
		{"no number", `"@0"`, `"@"`, "earlier constant"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, string(b), c.old)
			_, err := program.Decode(bytes.Replace(b, []byte(c.old), []byte(c.new), 1))
			require.ErrorContains(t, err, c.err)
		})
	}
	first := strings.SplitN(strings.SplitN(string(b), `"weights":"`, 2)[1], `"`, 2)[0]
	_, err := program.Decode(bytes.Replace(b, []byte(`"@0"`), []byte(`"`+first+`"`), 1))
	require.ErrorContains(t, err, "written twice")
}
