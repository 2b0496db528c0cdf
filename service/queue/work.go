package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Disposition is what a worker wants done with the job that it was handed.
type Disposition int

const (
	Done    Disposition = iota // finished: never hand it out again
	Retry                      // hand it out again after RetryDelay
	Release                    // hand it out again at once, as if it had not been handed out
	Abandon                    // another worker has it: do nothing
)

// Handler works on one job. ctx ends when the worker stops or its hold on the job is lost; the cause says which.
// An error is a failure of the worker, not of the job: it is logged and the job handed out again after RetryDelay.
type Handler func(ctx context.Context, id string) (Disposition, error)

const pollWait = 5 * time.Second

// Work hands jobs of one kind to n concurrent calls of h until ctx ends. It returns when all of them have
// returned; nil if ctx ended, else the first error of the queue itself.
func (q *Queue) Work(ctx context.Context, kind string, n int, log *slog.Logger, h Handler) error {
	c, err := q.jobs.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable:       kind,
		FilterSubject: "jobs." + kind + ".>",
		AckPolicy:     jetstream.AckExplicitPolicy,
		AckWait:       q.cfg.AckWait,
		MaxDeliver:    -1,
	})
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open consumer %s: %w", kind, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			w := worker{q: q, consumer: c, log: log.With("kind", kind), handle: h}
			if errs[i] = w.loop(ctx); errs[i] != nil {
				cancel()
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

type worker struct {
	q        *Queue
	consumer jetstream.Consumer
	log      *slog.Logger
	handle   Handler
}

func (w *worker) loop(ctx context.Context) error {
	for ctx.Err() == nil {
		msg, err := w.next(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return fmt.Errorf("fetch job: %w", err)
		}
		if msg != nil {
			w.work(ctx, msg)
		}
	}
	return nil
}

// next waits for one message; nil without error when none came in time.
func (w *worker) next(ctx context.Context) (jetstream.Msg, error) {
	wait, cancel := context.WithTimeout(ctx, pollWait)
	defer cancel()
	batch, err := w.consumer.Fetch(1, jetstream.FetchContext(wait))
	if err != nil {
		return nil, err
	}
	msg, ok := <-batch.Messages()
	if ok {
		return msg, nil
	}
	if err := batch.Error(); err != nil && !errors.Is(err, nats.ErrTimeout) && wait.Err() == nil {
		return nil, err
	}
	return nil, nil
}

func (w *worker) work(ctx context.Context, msg jetstream.Msg) {
	id := msg.Subject()[strings.LastIndexByte(msg.Subject(), '.')+1:]
	ctx, cancel := context.WithCancelCause(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		w.beat(ctx, msg, cancel)
	}()
	do, err := w.handle(ctx, id)
	cancel(nil)
	<-stopped
	if err != nil {
		w.log.Error("job handed back", "job", id, "error", err)
		do = Retry
	}
	if err := w.settle(msg, do); err != nil {
		w.log.Error("job left to time out", "job", id, "error", err)
	}
}

// beat tells the queue that the job is still in work, until ctx ends.
func (w *worker) beat(ctx context.Context, msg jetstream.Msg, cancel context.CancelCauseFunc) {
	tick := time.NewTicker(w.q.cfg.AckWait / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := msg.InProgress(); err != nil {
				cancel(fmt.Errorf("send heartbeat: %w", err))
				return
			}
		}
	}
}

func (w *worker) settle(msg jetstream.Msg, do Disposition) error {
	switch do {
	case Done:
		ctx, cancel := context.WithTimeout(context.Background(), pollWait)
		defer cancel()
		return msg.DoubleAck(ctx)
	case Retry:
		return msg.NakWithDelay(w.q.cfg.RetryDelay)
	case Release:
		return msg.Nak()
	case Abandon:
		return nil
	default:
		return fmt.Errorf("settle job: unknown disposition %d", do)
	}
}
