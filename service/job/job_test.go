package job_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"assay/service/job"
	"assay/service/jobtest"
	"assay/service/oip"
	"assay/service/queue"

	"github.com/stretchr/testify/require"
)

var quiet = slog.New(slog.DiscardHandler)

// bench is a board over a queue of its own.
type bench struct {
	t     *testing.T
	board *job.Board
	queue *queue.Queue
	seen  observed
}

type observed struct {
	mu       sync.Mutex
	stages   []string
	finished []string
}

func (o *observed) Stage(kind, stage, outcome string, _ time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stages = append(o.stages, stage+" "+outcome)
}

func (o *observed) Finished(kind, outcome string, _ time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.finished = append(o.finished, outcome)
}

func newBench(t *testing.T) *bench {
	t.Helper()
	s, err := queue.Embed(t.TempDir(), quiet)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	q, err := queue.New(t.Context(), s.Conn(), queue.Config{AckWait: time.Second, RetryDelay: 20 * time.Millisecond})
	require.NoError(t, err)
	b, err := job.OpenBoard(t.Context(), q, 0)
	require.NoError(t, err)
	return &bench{t: t, board: b, queue: q}
}

func (b *bench) runner(m job.Model, attempts int) *job.Runner {
	b.t.Helper()
	models, err := job.NewModels(m)
	require.NoError(b.t, err)
	r, err := job.NewRunner(b.board, job.Prove, models, attempts, &b.seen, quiet)
	require.NoError(b.t, err)
	return r
}

// work runs a worker until stop is called.
func (b *bench) work(m job.Model, attempts int) (stop func()) {
	b.t.Helper()
	r := b.runner(m, attempts)
	ctx, cancel := context.WithCancel(b.t.Context())
	done := make(chan error, 1)
	go func() { done <- r.Work(ctx, 1) }()
	return sync.OnceFunc(func() {
		cancel()
		require.NoError(b.t, <-done)
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		require.NoError(b.t, r.Drain(ctx))
	})
}

func request(t *testing.T, x0, x1 float64) []byte {
	t.Helper()
	raw, err := json.Marshal(job.ProveRequest{Model: "add", Inputs: []oip.Tensor{{
		Name: "x", Datatype: "FP32", Shape: []int{2}, Data: json.RawMessage(fmt.Sprintf("[%v,%v]", x0, x1)),
	}}})
	require.NoError(t, err)
	return raw
}

func (b *bench) submit(raw []byte, key string) job.Record {
	b.t.Helper()
	rec, err := b.board.Submit(b.t.Context(), job.Prove, "add", raw, key)
	require.NoError(b.t, err)
	return rec
}

func (b *bench) await(id string) job.Record {
	b.t.Helper()
	var rec job.Record
	require.Eventually(b.t, func() bool {
		var err error
		rec, err = b.board.Get(b.t.Context(), id)
		require.NoError(b.t, err)
		return rec.State.Finished()
	}, 15*time.Second, 10*time.Millisecond)
	return rec
}

func (b *bench) drained() {
	b.t.Helper()
	require.Eventually(b.t, func() bool {
		n, err := b.queue.Depth(b.t.Context())
		require.NoError(b.t, err)
		return n == 0
	}, 5*time.Second, 10*time.Millisecond)
}

func code(err error) job.Code {
	var e *job.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func TestProveSucceeds(t *testing.T) {
	b := newBench(t)
	m := &jobtest.Model{Label: "add", Rounds: 1000}
	rec := b.submit(request(t, 1, 2), "")
	require.Equal(t, job.Queued, rec.State)
	_, err := b.board.Result(t.Context(), rec)
	require.ErrorContains(t, err, "want state done, got queued")

	stop := b.work(m, 3)
	rec = b.await(rec.ID)
	b.drained()
	stop()
	require.Equal(t, job.Succeeded, rec.State)
	require.Equal(t, 1, rec.Attempts)
	require.Nil(t, rec.Failure)

	raw, err := b.board.Result(t.Context(), rec)
	require.NoError(t, err)
	var res job.ProveResult
	require.NoError(t, json.Unmarshal(raw, &res))
	require.NoError(t, m.Verify(res.Proof, [32]byte{}))
	require.Error(t, m.Verify(res.Proof, [32]byte{1}))
	require.Regexp(t, "^0xca11da7a[0-9a-f]{64}$", res.Calldata)

	var states []string
	history, err := b.board.History(t.Context(), rec.ID)
	require.NoError(t, err)
	for _, h := range history {
		states = append(states, string(h.State)+"/"+h.Stage)
	}
	require.Equal(t, []string{"queued/", "proving/", "proving/solve", "proving/chain", "verifying/", "done/"}, states)
	require.Equal(t, []string{"proving ok", "solve ok", "chain ok", "verifying ok"}, b.seen.stages)
	require.Equal(t, []string{"done"}, b.seen.finished)
}

func TestAttempts(t *testing.T) {
	type before = func(ctx context.Context, n int32) error
	for name, c := range map[string]struct {
		x        [2]float64
		before   before
		state    job.State
		code     job.Code
		detail   string
		attempts int
		buried   int
	}{
		"bad input is not tried again": {
			x: [2]float64{-1, 0}, state: job.Failed, code: job.CodeInvalidInput, detail: "want a sum of at least 0, got -1", attempts: 1,
		},
		"a passing error is": {
			before: func(_ context.Context, n int32) error {
				if n < 3 {
					return errors.New("device busy")
				}
				return nil
			},
			state: job.Succeeded, attempts: 3,
		},
		"but not for ever": {
			before: func(context.Context, int32) error { return errors.New("device busy") },
			state:  job.Failed, code: job.CodeAttemptsSpent, detail: "3 attempts ended without a result; the last: prove: device busy",
			attempts: 3, buried: 1,
		},
		"a panic is an error": {
			before: func(_ context.Context, n int32) error {
				if n < 2 {
					panic("index out of range")
				}
				return nil
			},
			state: job.Succeeded, attempts: 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			var calls atomic.Int32
			m := &jobtest.Model{Label: "add", Rounds: 10}
			if c.before != nil {
				m.Before = func(ctx context.Context, _ []float64) error { return c.before(ctx, calls.Add(1)) }
			}
			stop := b.work(m, 3)
			rec := b.await(b.submit(request(t, c.x[0], c.x[1]), "").ID)
			b.drained()
			stop()
			require.Equal(t, c.state, rec.State)
			require.Equal(t, c.attempts, rec.Attempts)
			if c.state == job.Failed {
				require.Equal(t, &job.Failure{Code: c.code, Detail: c.detail}, rec.Failure)
			}
			n, err := b.queue.Buried(t.Context())
			require.NoError(t, err)
			require.Equal(t, c.buried, n)
			if n > 0 {
				note, err := b.queue.Letter(t.Context(), job.Prove, rec.ID)
				require.NoError(t, err)
				require.Contains(t, string(note), rec.ID)
				require.Contains(t, string(note), "device busy")
			}
			require.Len(t, b.seen.finished, 1)
		})
	}
}

func TestProverWhoseProofDoesNotVerify(t *testing.T) {
	b := newBench(t)
	stop := b.work(liar{&jobtest.Model{Label: "add"}}, 3)
	rec := b.await(b.submit(request(t, 1, 2), "").ID)
	stop()
	require.Equal(t, job.Failed, rec.State)
	require.Equal(t, job.CodeProofRejected, rec.Failure.Code)
	require.Equal(t, 1, rec.Attempts)
}

// liar proves another statement than it was asked for.
type liar struct{ *jobtest.Model }

func (l liar) Verify(raw []byte, bind [32]byte) error {
	bind[0] ^= 1
	return l.Model.Verify(raw, bind)
}

func TestModelThatIsGone(t *testing.T) {
	b := newBench(t)
	stop := b.work(&jobtest.Model{Label: "other"}, 3)
	rec := b.await(b.submit(request(t, 1, 2), "").ID)
	stop()
	require.Equal(t, job.Failed, rec.State)
	require.Equal(t, job.CodeUnknownModel, rec.Failure.Code)
}

func TestStopReleasesTheJob(t *testing.T) {
	for name, heeds := range map[string]bool{"prover heeds its context": true, "prover ends late": false} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			begun := make(chan struct{})
			stop := b.work(&jobtest.Model{Label: "add", Before: func(ctx context.Context, _ []float64) error {
				close(begun)
				<-ctx.Done()
				if !heeds {
					time.Sleep(300 * time.Millisecond)
					return nil
				}
				return ctx.Err()
			}}, 1)
			id := b.submit(request(t, 1, 2), "").ID
			<-begun
			stop()
			rec, err := b.board.Get(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, job.Queued, rec.State)
			require.Zero(t, rec.Attempts, "an attempt that was stopped does not count")
			n, err := b.queue.Depth(t.Context())
			require.NoError(t, err)
			require.Equal(t, 1, n)

			stop = b.work(&jobtest.Model{Label: "add"}, 1)
			require.Equal(t, job.Succeeded, b.await(id).State)
			stop()
			require.Equal(t, []string{"done"}, b.seen.finished)
		})
	}
}

func TestDrainSaysWhenAProverHangs(t *testing.T) {
	b := newBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	hold := make(chan struct{})
	r := b.runner(&jobtest.Model{Label: "add", Before: func(context.Context, []float64) error {
		cancel()
		<-hold
		return nil
	}}, 1)
	b.submit(request(t, 1, 2), "")
	require.NoError(t, r.Work(ctx, 1))
	soon, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, r.Drain(soon), context.DeadlineExceeded)
	close(hold)
	require.NoError(t, r.Drain(t.Context()))
}

func TestTakenOverJobIsFinishedByTheTaker(t *testing.T) {
	for name, first := range map[string]struct {
		err error
	}{"late result": {}, "late error": {errors.New("device busy")}, "late failure": {job.Errorf(job.CodeInvalidInput, "no")}} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			id := b.submit(request(t, 1, 2), "").ID
			begun, hold := make(chan struct{}), make(chan struct{})
			ended := make(chan queue.Disposition, 1)
			slow := b.runner(&jobtest.Model{Label: "add", Before: func(context.Context, []float64) error {
				close(begun)
				<-hold
				return first.err
			}}, 3)
			go func() {
				d, err := slow.Handle(t.Context(), id)
				if err != nil {
					t.Error(err)
				}
				ended <- d
			}()
			<-begun

			taker := b.runner(&jobtest.Model{Label: "add"}, 3)
			d, err := taker.Handle(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, queue.Done, d)
			rec := b.await(id)
			require.Equal(t, job.Succeeded, rec.State)
			require.Equal(t, 2, rec.Attempts)

			close(hold)
			require.Equal(t, queue.Abandon, <-ended)
			again, err := b.board.Get(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, rec, again)
			require.Equal(t, []string{"done"}, b.seen.finished)

			d, err = taker.Handle(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, queue.Done, d, "a finished job that comes again is acknowledged")
			require.Equal(t, []string{"done"}, b.seen.finished)
		})
	}
}

func TestSubmitFinishesWhatACrashLeftHalfDone(t *testing.T) {
	for step := 1; step <= 3; step++ {
		t.Run(fmt.Sprint("step ", step), func(t *testing.T) {
			b := newBench(t)
			raw := request(t, 1, 2)
			require.NoError(t, b.board.SubmitUpTo(t.Context(), step, job.Prove, "add", raw, "key"))
			n, err := b.queue.Depth(t.Context())
			require.NoError(t, err)
			require.Zero(t, n)
			id := b.submit(raw, "key").ID
			stop := b.work(&jobtest.Model{Label: "add"}, 1)
			require.Equal(t, job.Succeeded, b.await(id).State)
			stop()
		})
	}
}

func TestKindsRegisterOnce(t *testing.T) {
	require.Equal(t, []string{job.Prove}, job.Kinds())
	require.PanicsWithValue(t, "job: kind prove registered twice", func() {
		job.Register(job.Prove, func(*job.Models) job.Kind { return nil })
	})
	_, err := job.NewRunner(nil, "train", nil, 1, nil, quiet)
	require.ErrorContains(t, err, `want one of [prove], got "train"`)
	_, err = job.NewRunner(nil, job.Prove, nil, 0, nil, quiet)
	require.ErrorContains(t, err, "want at least 1 attempt, got 0")
}

func TestSubmitIsIdempotentByKey(t *testing.T) {
	b := newBench(t)
	raw := request(t, 1, 2)
	first := b.submit(raw, "key")
	require.Equal(t, first.ID, b.submit(raw, "key").ID)
	require.NotEqual(t, first.ID, b.submit(raw, "other").ID)
	require.NotEqual(t, first.ID, b.submit(raw, "").ID)
	_, err := b.board.Submit(t.Context(), job.Prove, "add", request(t, 2, 1), "key")
	require.Equal(t, job.CodeKeyReused, code(err))

	stop := b.work(&jobtest.Model{Label: "add"}, 1)
	b.await(first.ID)
	b.drained()
	stop()
	require.Equal(t, job.Succeeded, b.submit(raw, "key").State)
	n, err := b.queue.Depth(t.Context())
	require.NoError(t, err)
	require.Zero(t, n, "a finished job is not queued again")
}

func TestConcurrentSubmitsOfOneKey(t *testing.T) {
	b := newBench(t)
	raw := request(t, 1, 2)
	ids := make([]string, 16)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			rec, err := b.board.Submit(t.Context(), job.Prove, "add", raw, "key")
			if err == nil {
				ids[i] = rec.ID
			}
		})
	}
	wg.Wait()
	for _, id := range ids {
		require.Equal(t, ids[0], id)
	}
	require.NotEmpty(t, ids[0])
	n, err := b.queue.Depth(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n)
}

func TestGetUnknown(t *testing.T) {
	b := newBench(t)
	for _, id := range []string{"", "a.b", "../x", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", ">"} {
		_, err := b.board.Get(t.Context(), id)
		require.Equal(t, job.CodeUnknownJob, code(err), "%q", id)
	}
}

func TestParseBind(t *testing.T) {
	bind, err := job.ParseBind("")
	require.NoError(t, err)
	require.Zero(t, bind)
	const digits = "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fFf"
	bind, err = job.ParseBind("0x" + digits)
	require.NoError(t, err)
	require.EqualValues(t, 0xff, bind[31])
	require.EqualValues(t, 1, bind[0])
	for _, bad := range []string{"0x", digits, "0x" + digits[1:], "0x" + digits + "0", "0x" + digits + "00", "0x" + digits[:63] + "g", "0X" + digits} {
		_, err := job.ParseBind(bad)
		require.Equal(t, job.CodeInvalidInput, code(err), "%q", bad)
	}
}

func TestModels(t *testing.T) {
	a, b := &jobtest.Model{Label: "a"}, &jobtest.Model{Label: "b"}
	m, err := job.NewModels(b, a)
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b"}, m.Names())
	_, err = m.Get("c")
	require.Equal(t, job.CodeUnknownModel, code(err))
	_, err = job.NewModels(a, a)
	require.ErrorContains(t, err, `add model "a": the name is taken`)
}
