package peer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"assay/internal/machine"
)

// Assay's side is measured again where the peer has no figure, and where its answer is what the peer was tuned to.
func TestRefresh(t *testing.T) {
	if testing.Short() {
		t.Skip("makes keys and proofs")
	}
	b := bench(t)
	b.Peer.Python = "/nonexistent/python"
	m := cancer(t)
	require.NoError(t, m.Complete())
	dir := filepath.Join(b.Work, m.Name)
	require.NoError(t, m.write(dir))
	c := &Comparison{Model: m.Name, Commit: "old", Calibrated: &Side{Status: Stopped, Stage: "setup"}, Tuned: &Side{Status: Refused, Stage: "tune"}}
	a, err := b.Assay.prepare(t.Context(), &budget{Limits: b.Assay.Limits}, dir, c)
	require.NoError(t, err)
	_, err = b.float(t.Context(), dir, a, c)
	require.NoError(t, err)
	r := &Record{Machine: machine.This()}
	none, err := b.Refresh(t.Context(), m, r, c)
	require.NoError(t, err)
	require.Nil(t, none, "Assay did not finish before")

	c.Assay.Prove = 1e-9
	before, sides := *c, [...]Side{*c.Assay, *c.Calibrated, *c.Tuned}
	got, err := b.Refresh(t.Context(), m, r, c)
	require.NoError(t, err)
	require.Equal(t, before, *c)
	require.Equal(t, sides, [...]Side{*c.Assay, *c.Calibrated, *c.Tuned})
	require.Equal(t, "old", got.PeerCommit)
	require.NotEqual(t, "old", got.Commit)
	require.Same(t, c.Calibrated, got.Calibrated)
	require.Same(t, c.Tuned, got.Tuned)
	require.Greater(t, got.Assay.Prove, 1e-4)
	require.Positive(t, got.Assay.EVM.Gas)
	_, err = os.Stat(dir)
	require.ErrorIs(t, err, os.ErrNotExist)
	again, err := b.Refresh(t.Context(), m, r, got)
	require.NoError(t, err)
	require.Equal(t, "old", again.PeerCommit)
	var said strings.Builder
	require.NoError(t, Record{Models: []*Comparison{again}}.Markdown(&said))
	require.Contains(t, said.String(), "Of cancer, which EZKL does not finish, Assay was measured again later.")

	r.Machine.CPU = "another"
	_, err = b.Refresh(t.Context(), m, r, c)
	require.ErrorIs(t, err, errChanged)
	require.ErrorContains(t, err, "cores of an another with")
	r.Machine = machine.This()
	b.Assay.Limits.Time = time.Millisecond
	_, err = b.Refresh(t.Context(), m, r, c)
	require.ErrorIs(t, err, errChanged)
	require.ErrorContains(t, err, "did not finish at compile: ")
	b.Assay.Limits.Time = time.Minute
	c.Reference = "another executor"
	_, err = b.Refresh(t.Context(), m, r, c)
	require.ErrorContains(t, err, "want float answers of another executor; got those of Assay's float executor")
	c.Reference = got.Reference
	c.Assay.Error = &Error{Abs: 2 * c.Assay.Error.Abs}
	_, err = b.Refresh(t.Context(), m, r, c)
	require.ErrorIs(t, err, errChanged)
	c.Tuned = &Side{Status: Done, Prove: 1}
	none, err = b.Refresh(t.Context(), m, r, c)
	require.NoError(t, err)
	require.Nil(t, none, "the peer finishes")
}
