package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"assay/service/queue"
	"assay/service/store"
)

// Observer is told of stages and ends of jobs, for metrics.
type Observer interface {
	// Stage: a stage of an attempt ended; outcome is ok, failed or queued (to be tried again).
	Stage(kind, stage, outcome string, took time.Duration)
	// Finished: a job reached its final state, took after it was accepted.
	Finished(kind, outcome string, took time.Duration)
}

// Runner works on the jobs of one kind.
type Runner struct {
	board    *Board
	kind     Kind
	name     string
	attempts int
	observe  Observer
	log      *slog.Logger
	running  sync.WaitGroup // kinds at work, those whose attempt was released included
}

// settleTime bounds the writes that end an attempt, which must go on when the worker is told to stop.
const settleTime = 10 * time.Second

// NewRunner makes a runner that begins a job at most attempts times.
func NewRunner(b *Board, kind string, models *Models, attempts int, o Observer, log *slog.Logger) (*Runner, error) {
	k, err := newKind(kind, models)
	if err != nil {
		return nil, err
	}
	if attempts < 1 {
		return nil, fmt.Errorf("job runner: want at least 1 attempt, got %d", attempts)
	}
	return &Runner{board: b, kind: k, name: kind, attempts: attempts, observe: o, log: log.With("kind", kind)}, nil
}

// Work takes jobs from the queue, n at a time, until ctx ends. A job that is in work then goes back to the queue.
func (r *Runner) Work(ctx context.Context, n int) error {
	return r.board.queue.Work(ctx, r.name, n, r.log, r.handle)
}

// Drain waits, after Work, for kinds that have not heeded the end of their context. Their jobs are back in the
// queue already.
func (r *Runner) Drain(ctx context.Context) error {
	idle := make(chan struct{})
	go func() {
		r.running.Wait()
		close(idle)
	}()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("drain %s jobs: still at work: %w", r.name, ctx.Err())
	}
}

// handle is the queue's handler: it is idempotent, and finishes a job at most once.
func (r *Runner) handle(ctx context.Context, id string) (queue.Disposition, error) {
	rec, rev, err := r.board.records.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		r.log.Warn("job dropped: its record is past retention", "job", id)
		return queue.Done, nil
	}
	if err != nil {
		return queue.Retry, err
	}
	if rec.State.Finished() {
		return queue.Done, nil
	}
	l := &lease{records: r.board.records, observe: r.observe, rec: rec, rev: rev}
	if rec.Attempts >= r.attempts {
		return r.giveUp(l, rec.Failure)
	}
	if err := l.begin(ctx); err != nil {
		return queue.Retry, err
	}
	r.log.Info("job begun", "job", id, "model", rec.Model, "attempt", rec.Attempts+1)
	result, err := r.attempt(ctx, l)
	return r.settle(ctx, l, result, err)
}

// attempt runs the kind. It returns when ctx ends even if the kind does not: the kind's late reports and result
// are then refused by the lease.
func (r *Runner) attempt(ctx context.Context, l *lease) ([]byte, error) {
	rec := l.record()
	request, err := r.board.artifacts.Get(ctx, rec.requestName())
	if err != nil {
		return nil, err
	}
	type outcome struct {
		result []byte
		err    error
	}
	done := make(chan outcome, 1)
	r.running.Go(func() {
		var o outcome
		defer func() {
			if p := recover(); p != nil {
				r.log.Error("job panicked", "job", rec.ID, "panic", p, "stack", string(debug.Stack()))
				o = outcome{err: fmt.Errorf("panic: %v", p)}
			}
			done <- o
		}()
		o.result, o.err = r.kind.Run(ctx, request, func(s State, stage string) error { return l.report(ctx, s, stage) })
	})
	select {
	case o := <-done:
		return o.result, o.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// settle writes how the attempt ended.
func (r *Runner) settle(ctx context.Context, l *lease, result []byte, err error) (queue.Disposition, error) {
	stopping := ctx.Err() != nil
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	rec := l.record()
	log := r.log.With("job", rec.ID)

	var final *Error
	switch {
	case errors.Is(err, ErrLost):
		log.Warn("job lost to another worker")
		return queue.Abandon, nil
	case err == nil:
		name := fmt.Sprintf("%s/result-%d", rec.ID, rec.Attempts)
		if err := r.board.artifacts.Put(ctx, name, result); err != nil {
			return queue.Retry, err
		}
		log.Info("job done", "attempt", rec.Attempts)
		return disposition(queue.Done, l.succeed(ctx, name))
	case errors.As(err, &final):
		log.Warn("job failed", "code", final.Code, "detail", final.Detail)
		return disposition(queue.Done, l.fail(ctx, final.Code, final.Detail))
	case stopping:
		log.Info("job released", "cause", err)
		return disposition(queue.Release, l.release(ctx))
	case rec.Attempts >= r.attempts:
		log.Error("attempt failed", "error", err)
		return r.giveUp(l, &Failure{Detail: err.Error()})
	default:
		log.Error("attempt failed", "error", err)
		return disposition(queue.Retry, l.again(ctx, err.Error()))
	}
}

// giveUp fails a job whose attempts are spent, and keeps its last state as a dead letter.
func (r *Runner) giveUp(l *lease, last *Failure) (queue.Disposition, error) {
	ctx, cancel := context.WithTimeout(context.Background(), settleTime)
	defer cancel()
	rec := l.record()
	rec.Failure = last
	detail := fmt.Sprintf("%d attempts ended without a result", rec.Attempts)
	if last != nil {
		detail += "; the last: " + last.Detail
	}
	note, err := json.Marshal(rec)
	if err != nil {
		return queue.Retry, fmt.Errorf("encode dead letter: %w", err)
	}
	if err := r.board.queue.Bury(ctx, r.name, rec.ID, note); err != nil {
		return queue.Retry, err
	}
	r.log.Error("job given up", "job", rec.ID, "detail", detail)
	return disposition(queue.Done, l.fail(ctx, CodeAttemptsSpent, detail))
}

// disposition is d, unless the record could not be written.
func disposition(d queue.Disposition, err error) (queue.Disposition, error) {
	switch {
	case err == nil:
		return d, nil
	case errors.Is(err, ErrLost):
		return queue.Abandon, nil
	default:
		return queue.Retry, err
	}
}
