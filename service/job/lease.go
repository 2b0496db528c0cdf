package job

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"assay/service/store"
)

// ErrLost means that another worker has taken the job over.
var ErrLost = errors.New("job was taken over")

// lease is one worker's hold on a job: its record and the revision that this worker wrote last. When the record
// has changed since, every method gives ErrLost.
type lease struct {
	records *store.Records[Record]
	observe Observer

	mu     sync.Mutex
	rec    Record
	rev    uint64
	since  time.Time // when the present stage began; zero before begin
	closed bool      // nothing more may be written
}

// record is the record as this worker wrote it last.
func (l *lease) record() Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rec
}

// write changes the record. last says that the worker lets go of it. A write that was begun is not cut short when
// ctx ends, so that the revision stays known.
func (l *lease) write(ctx context.Context, last bool, change func(*Record)) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return ErrLost
	}
	next := l.rec
	change(&next)
	rev, err := l.records.Update(ctx, next.ID, next, l.rev)
	if errors.Is(err, store.ErrStale) {
		l.closed = true
		return ErrLost
	}
	if err != nil {
		return fmt.Errorf("write record of job %s: %w", next.ID, err)
	}
	l.stage(next)
	l.rec, l.rev, l.closed = next, rev, last
	return nil
}

// stage observes the stage that ends with next.
func (l *lease) stage(next Record) {
	now := time.Now()
	if !l.since.IsZero() {
		name := string(l.rec.State)
		if l.rec.Stage != "" {
			name = l.rec.Stage
		}
		outcome := "ok"
		if next.State == Failed || next.State == Queued {
			outcome = string(next.State)
		}
		l.observe.Stage(l.rec.Kind, name, outcome, now.Sub(l.since))
	}
	if next.State.Finished() {
		l.observe.Finished(next.Kind, string(next.State), next.Finished.Sub(next.Created))
	}
	l.since = now
}

func (l *lease) begin(ctx context.Context) error {
	return l.write(ctx, false, func(r *Record) {
		r.Attempts++
		r.State, r.Stage, r.Started, r.Failure = Proving, "", time.Now().UTC(), nil
	})
}

func (l *lease) report(ctx context.Context, s State, stage string) error {
	return l.write(ctx, false, func(r *Record) { r.State, r.Stage = s, stage })
}

func (l *lease) succeed(ctx context.Context, result string) error {
	return l.write(ctx, true, func(r *Record) {
		r.State, r.Stage, r.Finished, r.Result, r.Failure = Succeeded, "", time.Now().UTC(), result, nil
	})
}

func (l *lease) fail(ctx context.Context, code Code, detail string) error {
	return l.write(ctx, true, func(r *Record) {
		r.State, r.Stage, r.Finished, r.Failure = Failed, "", time.Now().UTC(), &Failure{code, detail}
	})
}

// again puts the job back in the queue after an attempt that counts.
func (l *lease) again(ctx context.Context, detail string) error {
	return l.write(ctx, true, func(r *Record) { r.State, r.Stage, r.Failure = Queued, "", &Failure{Detail: detail} })
}

// release puts the job back in the queue as if this attempt had not begun.
func (l *lease) release(ctx context.Context) error {
	return l.write(ctx, true, func(r *Record) {
		r.Attempts--
		r.State, r.Stage, r.Started = Queued, "", time.Time{}
	})
}
