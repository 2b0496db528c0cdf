package peer

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"assay/compile"
	"assay/models"
	"assay/prover/cpu"
)

// runStage runs a stage of Assay for a test that made its own program the child.
func runStage(stage, dir string) error {
	a, err := Stages[stage](dir, cpu.New(cpu.Options{}))
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(a)
}

func bench(t *testing.T) *Bench {
	t.Helper()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	python := os.Getenv("ASSAY_PEER_PYTHON")
	if python == "" {
		python = filepath.Join(root, "build", "ezkl", "bin", "python")
	}
	limits := Limits{Time: 3 * time.Minute, Memory: 2e9}
	return &Bench{Runs: 1, Work: t.TempDir(), Progress: func(what string) { t.Log(what) },
		Peer: &EZKL{Python: python, Script: filepath.Join(root, "scripts", "peer", "stages.py"), SRS: filepath.Join(t.TempDir(), "srs"), Limits: limits, Search: 20 * time.Second},
		Assay: &Assay{Limits: limits, Command: func(_ context.Context, stage, dir string) *exec.Cmd {
			cmd := child(t, "stage")
			cmd.Args = append(cmd.Args, stage, dir)
			return cmd
		}},
	}
}

func cancer(t *testing.T) *Model {
	t.Helper()
	m, err := models.Get("cancer")
	require.NoError(t, err)
	return &Model{Name: "cancer", ONNX: m.ONNX, Input: m.Samples[0].Inputs, Source: "a sample", Calibration: []compile.Sample{m.Calibration[0]}}
}

// The real peer on a small model: tuned, proven, verified natively and on an EVM.
func TestEZKL(t *testing.T) {
	if testing.Short() {
		t.Skip("makes keys and proofs with EZKL")
	}
	b := bench(t)
	versions, err := b.Peer.Versions(t.Context())
	if errors.Is(err, ErrAbsent) {
		t.Skip(err)
	}
	require.NoError(t, err)
	require.Equal(t, "23.0.5", versions.EZKL)
	m := cancer(t)
	require.NoError(t, m.Complete())
	dir := filepath.Join(b.Work, m.Name)
	require.NoError(t, m.write(dir))
	c := &Comparison{Model: m.Name}
	own := &budget{Limits: b.Assay.Limits}
	a, err := b.Assay.prepare(t.Context(), own, dir, c)
	require.NoError(t, err)
	require.Equal(t, Done, c.Assay.Status, c.Assay.Reason)
	want, err := b.float(t.Context(), dir, a, c)
	require.NoError(t, err)
	require.Equal(t, "ONNX Runtime "+versions.Runtime, c.Reference)
	near, err := errorOf(want, [][]float64{a.Float[0].Data})
	require.NoError(t, err)
	require.Less(t, near.Abs, 1e-4, "ONNX Runtime and the float executor")

	limit := max(c.Assay.Error.Abs, 0.01)
	c.Tuned = &Side{}
	k, err := b.Peer.tuned(t.Context(), dir, want, []float64{limit}, c.Tuned)
	require.NoError(t, err)
	require.NotNil(t, k, c.Tuned.Reason)
	require.NoError(t, b.alternate(t.Context(), dir, own, c, k))
	b.Assay.settle(t.Context(), dir, c.Assay)
	b.Peer.settle(t.Context(), k)
	require.LessOrEqual(t, c.Tuned.Error.Abs, limit)
	require.NotEmpty(t, c.Tuned.Tried)
	for name, s := range map[string]*Side{"Assay": c.Assay, "EZKL": c.Tuned} {
		require.True(t, s.Finished(), "%s: %s at %s: %s", name, s.Status, s.Stage, s.Reason)
		require.Positive(t, s.Verify, name)
		require.Positive(t, s.ProofBytes, name)
		require.Greater(t, s.ProvePeak, int64(10<<20), name)
		require.Greater(t, s.Call, s.Prove/2, name)
	}
	require.Greater(t, c.Assay.EVM.Gas, uint64(200_000), c.Assay.EVM.Reason)
	if _, err := os.Stat("../../contracts/node_modules/solc"); err != nil {
		t.Skip("solc-js is not installed: run make contracts-tools")
	}
	// The search takes the fastest layout, whatever the size of its contract.
	if c.Tuned.EVM.Gas == 0 {
		require.Contains(t, c.Tuned.EVM.Reason, "code size")
		return
	}
	require.Greater(t, c.Tuned.EVM.Gas, uint64(300_000), c.Tuned.EVM.Reason)
}

// What a side cannot do is in its row.
func TestRefusalsAreRows(t *testing.T) {
	b := bench(t)
	b.Peer.Python = "/nonexistent/python"
	_, err := b.Peer.Versions(t.Context())
	require.ErrorIs(t, err, ErrAbsent)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, modelFile), []byte("not a model"), 0o644))
	c := &Comparison{}
	a, err := b.Assay.prepare(t.Context(), &budget{Limits: b.Assay.Limits}, dir, c)
	require.NoError(t, err)
	require.Nil(t, a)
	require.Equal(t, Refused, c.Assay.Status)
	require.Equal(t, "compile", c.Assay.Stage)
	require.NotEmpty(t, c.Assay.Reason)

	_, err = b.Peer.srs(t.Context(), 30)
	require.EqualError(t, err, "not tried: a proving key for k = 30 takes at least 3092 GB")
	s := &Side{}
	s.end("setup", &budget{}, err)
	require.Equal(t, Stopped, s.Status)
}
