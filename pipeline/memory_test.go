package pipeline

import (
	"testing"

	"assay/compile"
	"assay/cost"
	"assay/input"
	"assay/ir/graph"
	"assay/models"
	"assay/prover/cpu"

	"github.com/stretchr/testify/require"
)

// What does not fit is refused by a byte, before anything is made: when it is compiled, set up, and proven.
func TestMemoryIsRefusedByAByte(t *testing.T) {
	t.Setenv("ASSAY_COSTS", t.TempDir()+"/none.json")
	m, err := models.Get("cancer")
	require.NoError(t, err)
	r := Request{Name: m.Name, ONNX: m.ONNX, Samples: func([]input.Spec) ([]compile.Sample, error) { return m.Calibration, nil }}
	c, err := Quantize(r, nil)
	require.NoError(t, err)
	setup, prove := int64(c.Summary.Estimate.SetupPeakBytes), int64(c.Summary.Estimate.PeakBytes)
	refused := func(err error) {
		t.Helper()
		var g *graph.Error
		require.ErrorAs(t, err, &g)
		require.Equal(t, CodeMemory, g.Code)
		require.Contains(t, g.Got, " % for the program itself")
		require.Contains(t, g.Got, "fewer bits")
	}
	r.MaxMemory = max(setup, prove)
	_, err = Quantize(r, nil)
	require.NoError(t, err)
	r.MaxMemory--
	_, err = Quantize(r, nil)
	refused(err)

	b, err := c.Build(t.TempDir(), nil)
	require.NoError(t, err)
	defer func(f func() int64) { usable = f }(usable)
	have := setup - 1
	usable = func() int64 { return have }
	refused(SetupInsecure(b, nil))
	have = setup
	require.NoError(t, SetupInsecure(b, nil))

	const tables = 1 << 20
	for _, kept := range []int64{0, tables} {
		backend := cpu.New(cpu.Options{Tables: kept})
		have = prove + kept - 1
		_, err = Prover(b, backend, nil)
		refused(err)
		have = prove + kept
		p, err := Prover(b, backend, nil)
		require.NoError(t, err)
		require.True(t, p.Alone, "a second input has no room")
		require.NoError(t, p.Close())

		have = prove/4*5 + kept
		p, err = Prover(b, backend, nil)
		require.NoError(t, err)
		require.False(t, p.Alone)
		require.NoError(t, p.Close())
	}
}

// Parts of a circuit are blamed by the memory that they take, not by their constraints.
func TestCausesOfMemory(t *testing.T) {
	m, err := models.Get("lenet5")
	require.NoError(t, err)
	r := Request{Name: m.Name, ONNX: m.ONNX, Samples: func([]input.Spec) ([]compile.Sample, error) { return m.Calibration[:2], nil }}
	c, err := Quantize(r, nil)
	require.NoError(t, err)
	said := causes(c.Model, c.Size, cost.Rates{Fixed: 1, Constraint: 10})
	require.Regexp(t, `^6\d % for relu1 \(lookup, \d+ constraints\), 2\d % for relu2 \(lookup, \d+ constraints\), 1\d % for shared tables \(\d+ constraints\); fewer bits`, said)
	said = causes(c.Model, c.Size, cost.Rates{Fixed: 1e5, Stored: 1})
	require.Regexp(t, `^6\d % for the program itself, \d+ % for relu3 \(linear, 48000 weights\), 6 % for relu4 \(linear, 10080 weights\); `, said)
}
