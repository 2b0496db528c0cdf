package onnx_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/onnx"
	"assay/onnx/ops"
)

// survives decodes bytes of any kind, frugally: the result is a graph that verifies, or an error with a code.
func survives(t *testing.T, b []byte) {
	t.Helper()
	var g *graph.Graph
	var err error
	optest.Frugal(t, func() { g, _, err = onnx.Decode(b, onnx.Options{}) })
	if err != nil {
		var coded *onnx.Error
		require.ErrorAs(t, err, &coded)
		require.NotEmpty(t, coded.Code)
		require.NotEqual(t, onnx.CodeInternal, coded.Code, err)
		return
	}
	require.NoError(t, g.Verify())
	require.NotEmpty(t, g.String())
}

func TestTruncated(t *testing.T) {
	b := small().Marshal()
	for n := range b {
		survives(t, b[:n])
	}
}

func TestFlipped(t *testing.T) {
	b := small().Marshal()
	for i := range b {
		for _, x := range []byte{0x01, 0x10, 0x80, 0xff} {
			c := append([]byte(nil), b...)
			c[i] ^= x
			survives(t, c)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, b := range seeds(f) {
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	for _, e := range ops.List() {
		m := small()
		m.Opset, m.Domains = ops.MaxOpset, map[string]int{ops.DomainML: 5}
		m.Nodes[0].Op, m.Nodes[0].Domain = e.Name, e.Domain
		f.Add(m.Marshal())
	}
	f.Fuzz(survives)
}

// TestGorgoniaVersion holds the tensor library of onnx-go at the last version that starts on current Go.
func TestGorgoniaVersion(t *testing.T) {
	dir, err := os.Getwd()
	require.NoError(t, err)
	mod, err := os.ReadFile(filepath.Join(filepath.Dir(dir), "go.mod"))
	require.NoError(t, err)
	m := regexp.MustCompile(`(?m)^\s*(?:require\s+)?gorgonia\.org/tensor\s+(\S+)`).FindSubmatch(mod)
	require.NotNil(t, m, "go.mod requires gorgonia.org/tensor")
	require.Equal(t, "v0.9.3", string(m[1]))
	require.NotRegexp(t, `gorgonia\.org/tensor\s*=>|gorgonia\.org/tensor v\S+\s*=>`, string(mod))
}
