package queue

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var quiet = slog.New(slog.DiscardHandler)

func open(t *testing.T, dir string, cfg Config) (*Queue, *Server) {
	t.Helper()
	s, err := Embed(dir, quiet)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	q, err := New(t.Context(), s.Conn(), cfg)
	require.NoError(t, err)
	return q, s
}

// work runs h until stop is called, which waits for the workers.
func work(t *testing.T, q *Queue, n int, h Handler) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- q.Work(ctx, "prove", n, quiet, h) }()
	return sync.OnceFunc(func() {
		cancel()
		require.NoError(t, <-done)
	})
}

func depth(t *testing.T, q *Queue) int {
	t.Helper()
	n, err := q.Depth(t.Context())
	require.NoError(t, err)
	return n
}

func TestPublishIsOncePerID(t *testing.T) {
	q, _ := open(t, t.TempDir(), Config{})
	for range 3 {
		require.NoError(t, q.Publish(t.Context(), "prove", "a"))
	}
	require.NoError(t, q.Publish(t.Context(), "prove", "b"))
	require.Equal(t, 2, depth(t, q))
	// beyond the window of duplicates the stream's own limit answers
	_, err := q.js.Publish(t.Context(), "jobs.prove.a", nil)
	require.ErrorContains(t, err, "maximum messages per subject")
	require.NoError(t, q.confirm(t.Context(), "prove", "a", err))
	require.ErrorIs(t, q.confirm(t.Context(), "prove", "absent", err), err)
}

func TestDispositions(t *testing.T) {
	for name, c := range map[string]struct {
		first Disposition
		err   error
		after time.Duration // at least this long until the second hand-out
	}{
		"retry":   {Retry, nil, 300 * time.Millisecond},
		"error":   {Done, errors.New("disk"), 300 * time.Millisecond},
		"release": {Release, nil, 0},
		"abandon": {Abandon, nil, 900 * time.Millisecond},
		"unknown": {Disposition(99), nil, 900 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q, _ := open(t, t.TempDir(), Config{AckWait: time.Second, RetryDelay: 300 * time.Millisecond})
			handed := make(chan time.Time, 4)
			var calls atomic.Int32
			stop := work(t, q, 1, func(_ context.Context, id string) (Disposition, error) {
				require.Equal(t, "a", id)
				handed <- time.Now()
				if calls.Add(1) == 1 {
					return c.first, c.err
				}
				return Done, nil
			})
			require.NoError(t, q.Publish(t.Context(), "prove", "a"))
			first, second := <-handed, <-handed
			require.GreaterOrEqual(t, second.Sub(first), c.after-20*time.Millisecond)
			require.Eventually(t, func() bool { return depth(t, q) == 0 }, 5*time.Second, 10*time.Millisecond)
			stop()
			require.EqualValues(t, 2, calls.Load())
		})
	}
}

func TestHeartbeatsKeepALongJob(t *testing.T) {
	q, _ := open(t, t.TempDir(), Config{AckWait: 300 * time.Millisecond})
	var calls atomic.Int32
	finished := make(chan struct{})
	stop := work(t, q, 2, func(context.Context, string) (Disposition, error) {
		calls.Add(1)
		time.Sleep(1200 * time.Millisecond)
		close(finished)
		return Done, nil
	})
	require.NoError(t, q.Publish(t.Context(), "prove", "a"))
	<-finished
	stop()
	require.EqualValues(t, 1, calls.Load())
	require.Equal(t, 0, depth(t, q))
}

func TestJobsOutliveTheServer(t *testing.T) {
	dir := t.TempDir()
	q, s := open(t, dir, Config{AckWait: time.Second})
	require.NoError(t, q.Publish(t.Context(), "prove", "a"))
	require.NoError(t, q.Bury(t.Context(), "prove", "b", []byte("why")))
	require.NoError(t, s.Close())
	require.Error(t, q.Ready(t.Context()))

	q, _ = open(t, dir, Config{AckWait: time.Second})
	require.NoError(t, q.Ready(t.Context()))
	require.Equal(t, 1, depth(t, q))
	n, err := q.Buried(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n)
	note, err := q.Letter(t.Context(), "prove", "b")
	require.NoError(t, err)
	require.Equal(t, "why", string(note))
	_, err = q.Letter(t.Context(), "prove", "a")
	require.Error(t, err)
}

func TestOneProcessADataFolder(t *testing.T) {
	dir := t.TempDir()
	_, s := open(t, dir, Config{})
	_, err := Embed(dir, quiet)
	require.ErrorIs(t, err, ErrLocked)
	require.NoError(t, s.Close())
	again, err := Embed(dir, quiet)
	require.NoError(t, err)
	require.NoError(t, again.Close())
}

func TestManyWorkersManyJobs(t *testing.T) {
	q, _ := open(t, t.TempDir(), Config{})
	const jobs = 50
	var mu sync.Mutex
	seen := map[string]int{}
	stop := work(t, q, 8, func(_ context.Context, id string) (Disposition, error) {
		mu.Lock()
		defer mu.Unlock()
		seen[id]++
		return Done, nil
	})
	for i := range jobs {
		require.NoError(t, q.Publish(t.Context(), "prove", string(rune('a'+i%26))+string(rune('a'+i/26))))
	}
	require.Eventually(t, func() bool { return depth(t, q) == 0 }, 10*time.Second, 10*time.Millisecond)
	stop()
	require.Len(t, seen, jobs)
	for id, n := range seen {
		require.Equal(t, 1, n, id)
	}
}
