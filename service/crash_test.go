package service_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"assay/service/job"
	"assay/service/queue"

	"github.com/stretchr/testify/require"
)

// books is a data folder as it was left behind by a service.
type books struct {
	queue *queue.Queue
	board *job.Board
}

func openBooks(t *testing.T, dir string) books {
	t.Helper()
	s, err := queue.Embed(dir, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	q, err := queue.New(t.Context(), s.Conn(), queue.Config{})
	require.NoError(t, err)
	b, err := job.OpenBoard(t.Context(), q, 7*24*time.Hour)
	require.NoError(t, err)
	return books{q, b}
}

// finishedOnce checks that a job ended exactly once, as its last change.
func (b books) finishedOnce(t *testing.T, id string) {
	t.Helper()
	history, err := b.board.History(t.Context(), id)
	require.NoError(t, err)
	ends := 0
	for _, r := range history {
		if r.State.Finished() {
			ends++
		}
	}
	require.Equal(t, 1, ends, "job %s: %v", id, history)
	require.True(t, history[len(history)-1].State.Finished())
}

func (b books) depth(t *testing.T) int {
	t.Helper()
	n, err := b.queue.Depth(t.Context())
	require.NoError(t, err)
	return n
}

func TestAcceptedJobsSurviveKill(t *testing.T) {
	rounds := 8
	if testing.Short() {
		rounds = 3
	}
	dir := t.TempDir()
	accepted := map[string]float64{} // job id to its input
	keys := map[string]float64{}     // idempotency keys whose fate the killed child did not tell
	next := 0.0
	for round := range rounds {
		c := start(t, dir)
		var mu sync.Mutex
		var wg sync.WaitGroup
		submit := func(key string, x float64) string {
			id, err := c.submit(x, key)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				accepted[id] = x
				delete(keys, key)
			case key != "":
				keys[key] = x
			default:
				t.Errorf("submit without a kill: %v", err)
			}
			return id
		}
		next++
		last := submit("", next)
		switch round % 3 {
		case 0: // right after the answer
		case 1: // in the middle of the work
			require.Eventually(t, func() bool {
				j, err := c.get(last)
				require.NoError(t, err)
				return j.State != "queued"
			}, 30*time.Second, time.Millisecond)
			time.Sleep(time.Duration(rand.IntN(150)) * time.Millisecond)
		case 2: // in the middle of accepting
			answered := make(chan struct{}, 8)
			for i := range 8 {
				next++
				x := next
				wg.Go(func() {
					submit(fmt.Sprint("key-", round, "-", i), x)
					answered <- struct{}{}
				})
			}
			for range rand.IntN(8) {
				<-answered
			}
		}
		c.kill()
		wg.Wait()
	}

	c := start(t, dir)
	lost := len(keys)
	for key, x := range keys {
		id, err := c.submit(x, key)
		require.NoError(t, err)
		accepted[id] = x
	}
	require.GreaterOrEqual(t, len(accepted), rounds)
	for id, x := range accepted {
		j := c.await(id)
		require.Equal(t, "done", j.State, "%+v", j.Error)
		require.NoError(t, model().Verify(j.Proof, [32]byte{}))
		require.Contains(t, string(j.Proof), fmt.Sprintf(`"x":[%v,1]`, x))
	}
	require.Zero(t, c.terminate())

	b := openBooks(t, dir)
	require.Zero(t, b.depth(t))
	for id := range accepted {
		b.finishedOnce(t, id)
	}
	t.Logf("%d rounds, %d jobs, %d of them with an answer lost in the kill", rounds, len(accepted), lost)
}

func TestJobThatKillsItsWorkerIsGivenUp(t *testing.T) {
	dir := t.TempDir()
	const limit = 3
	env := fmt.Sprint("ASSAY_SERVICE_TEST_ATTEMPTS=", limit)
	c := start(t, dir, env)
	id, err := c.submit(deadly, "")
	require.NoError(t, err)
	require.Equal(t, -1, c.wait())
	for range limit - 1 {
		c = start(t, dir, env)
		require.Equal(t, -1, c.wait())
	}

	c = start(t, dir, env)
	j := c.await(id)
	require.Equal(t, "failed", j.State)
	require.Equal(t, string(job.CodeAttemptsSpent), j.Error.Code)
	require.Equal(t, limit, j.Attempts)
	good, err := c.submit(1, "")
	require.NoError(t, err)
	require.Equal(t, "done", c.await(good).State)
	require.Zero(t, c.terminate())

	b := openBooks(t, dir)
	require.Zero(t, b.depth(t))
	b.finishedOnce(t, id)
	n, err := b.queue.Buried(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n)
	_, err = b.queue.Letter(t.Context(), job.Prove, id)
	require.NoError(t, err)
}

func TestTerminateLeavesJobsQueued(t *testing.T) {
	dir := t.TempDir()
	c := start(t, dir)
	var ids []string
	for i := range 6 {
		id, err := c.submit(float64(i), "")
		require.NoError(t, err)
		ids = append(ids, id)
	}
	require.Eventually(t, func() bool {
		j, err := c.get(ids[0])
		require.NoError(t, err)
		return j.State != "queued"
	}, 30*time.Second, time.Millisecond)
	require.Zero(t, c.terminate())

	func() {
		s, err := queue.Embed(dir, slog.New(slog.DiscardHandler))
		require.NoError(t, err)
		defer s.Close()
		q, err := queue.New(t.Context(), s.Conn(), queue.Config{})
		require.NoError(t, err)
		board, err := job.OpenBoard(t.Context(), q, 7*24*time.Hour)
		require.NoError(t, err)
		queued := 0
		for _, id := range ids {
			rec, err := board.Get(context.Background(), id)
			require.NoError(t, err)
			if rec.State == job.Queued {
				queued++
				require.Zero(t, rec.Attempts)
				continue
			}
			require.Equal(t, job.Succeeded, rec.State)
		}
		require.NotZero(t, queued)
		require.Equal(t, queued, books{q, board}.depth(t))
	}()

	c = start(t, dir)
	for _, id := range ids {
		j := c.await(id)
		require.Equal(t, "done", j.State)
		require.Equal(t, 1, j.Attempts)
	}
	require.Zero(t, c.terminate())
	b := openBooks(t, dir)
	for _, id := range ids {
		b.finishedOnce(t, id)
	}
}
