package store

import (
	"bytes"
	"log/slog"
	"testing"

	"assay/service/queue"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
)

func open(t *testing.T) jetstream.JetStream {
	t.Helper()
	s, err := queue.Embed(t.TempDir(), slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	js, err := jetstream.New(s.Conn())
	require.NoError(t, err)
	return js
}

type row struct{ N int }

func TestRecordsCompareAndSet(t *testing.T) {
	ctx := t.Context()
	r, err := OpenRecords[row](ctx, open(t), "rows", 0)
	require.NoError(t, err)

	_, _, err = r.Get(ctx, "a")
	require.ErrorIs(t, err, ErrNotFound)
	_, err = r.History(ctx, "a")
	require.ErrorIs(t, err, ErrNotFound)

	rev1, err := r.Create(ctx, "a", row{1})
	require.NoError(t, err)
	_, err = r.Create(ctx, "a", row{9})
	require.ErrorIs(t, err, ErrExists)

	rev2, err := r.Update(ctx, "a", row{2}, rev1)
	require.NoError(t, err)
	_, err = r.Update(ctx, "a", row{9}, rev1)
	require.ErrorIs(t, err, ErrStale)
	_, err = r.Update(ctx, "absent", row{9}, 7)
	require.ErrorIs(t, err, ErrStale)

	got, rev, err := r.Get(ctx, "a")
	require.NoError(t, err)
	require.Equal(t, row{2}, got)
	require.Equal(t, rev2, rev)
	states, err := r.History(ctx, "a")
	require.NoError(t, err)
	require.Equal(t, []row{{1}, {2}}, states)
}

func TestRecordsOfAnotherTypeAreRefused(t *testing.T) {
	ctx := t.Context()
	js := open(t)
	words, err := OpenRecords[string](ctx, js, "rows", 0)
	require.NoError(t, err)
	_, err = words.Create(ctx, "a", "word")
	require.NoError(t, err)
	rows, err := OpenRecords[row](ctx, js, "rows", 0)
	require.NoError(t, err)
	_, _, err = rows.Get(ctx, "a")
	require.ErrorContains(t, err, "decode rows/a")
}

func TestArtifacts(t *testing.T) {
	ctx := t.Context()
	a, err := OpenArtifacts(ctx, open(t), "things", 0)
	require.NoError(t, err)
	_, err = a.Get(ctx, "a/b")
	require.ErrorIs(t, err, ErrNotFound)
	for _, size := range []int{0, 1, 128 << 10, 3<<20 + 7} {
		want := bytes.Repeat([]byte{0xa5, 1, 2}, size/3+1)[:size]
		require.NoError(t, a.Put(ctx, "a/b", want))
		got, err := a.Get(ctx, "a/b")
		require.NoError(t, err)
		require.True(t, bytes.Equal(want, got), "size %d", size)
	}
}
