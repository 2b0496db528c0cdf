// Package queue hands jobs to workers over JetStream, embedded in the process by default.
//
// A job is one message on the subject jobs.<kind>.<id> of a work-queue stream. The message stays until a
// worker has acknowledged it: it is handed out again when a worker hands it back, or when the worker's
// heartbeats stop for AckWait because it died. So a job can be handed out more than once, and a handler must be
// idempotent. There is at most one message a job: a second Publish of an id changes nothing.
//
// The queue knows only ids. What a job is, how often it may be tried and what it gave live in package job.
package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	jobsStream = "JOBS"
	deadStream = "DEAD"
	// messages whose publisher saw no answer are sent again within this time
	duplicateWindow = 2 * time.Minute
	// JetStream's error code for a message that a stream's limits refuse
	storeFailed jetstream.ErrorCode = 10077
)

// Config says how patient the queue is.
type Config struct {
	AckWait    time.Duration // how long a silent worker keeps a job; default 30 s
	RetryDelay time.Duration // wait before a job that was handed back is handed out again; default 2 s
}

// Queue is the work queue and its dead letters.
type Queue struct {
	cfg  Config
	conn *nats.Conn
	js   jetstream.JetStream
	jobs jetstream.Stream
	dead jetstream.Stream
}

// New opens the streams on conn and creates them where they are missing.
func New(ctx context.Context, conn *nats.Conn, cfg Config) (*Queue, error) {
	if cfg.AckWait <= 0 {
		cfg.AckWait = 30 * time.Second
	}
	if cfg.RetryDelay <= 0 {
		cfg.RetryDelay = 2 * time.Second
	}
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, fmt.Errorf("open queue: %w", err)
	}
	q := &Queue{cfg: cfg, conn: conn, js: js}
	q.jobs, err = js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name:                 jobsStream,
		Description:          "jobs that wait or run",
		Subjects:             []string{"jobs.>"},
		Retention:            jetstream.WorkQueuePolicy,
		Storage:              jetstream.FileStorage,
		Discard:              jetstream.DiscardNew,
		DiscardNewPerSubject: true,
		MaxMsgsPerSubject:    1,
		Duplicates:           duplicateWindow,
	})
	if err != nil {
		return nil, fmt.Errorf("open stream %s: %w", jobsStream, err)
	}
	q.dead, err = js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name:              deadStream,
		Description:       "jobs that were given up",
		Subjects:          []string{"dead.>"},
		Storage:           jetstream.FileStorage,
		MaxMsgsPerSubject: 1,
	})
	if err != nil {
		return nil, fmt.Errorf("open stream %s: %w", deadStream, err)
	}
	return q, nil
}

// JetStream is the context that records and artifacts share with the queue.
func (q *Queue) JetStream() jetstream.JetStream { return q.js }

// Publish queues a job. When it returns nil the message is on disk. An id that is queued already is left as it is.
// kind and id must be subject tokens: no dot, space, star or angle bracket.
func (q *Queue) Publish(ctx context.Context, kind, id string) error {
	_, err := q.js.Publish(ctx, "jobs."+kind+"."+id, nil, jetstream.WithMsgID(id))
	var api *jetstream.APIError
	if errors.As(err, &api) && api.ErrorCode == storeFailed {
		return q.confirm(ctx, kind, id, err)
	}
	if err != nil {
		return fmt.Errorf("publish job %s: %w", id, err)
	}
	return nil
}

// confirm tells a refusal because the job is queued already from one for another limit, such as a full disk.
func (q *Queue) confirm(ctx context.Context, kind, id string, refusal error) error {
	_, err := q.jobs.GetLastMsgForSubject(ctx, "jobs."+kind+"."+id)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return fmt.Errorf("publish job %s: %w", id, refusal)
	}
	if err != nil {
		return fmt.Errorf("look up job %s: %w", id, err)
	}
	return nil
}

// Depth is the number of jobs that are not finished, those in work included.
func (q *Queue) Depth(ctx context.Context) (int, error) {
	info, err := q.jobs.Info(ctx)
	if err != nil {
		return 0, fmt.Errorf("read queue depth: %w", err)
	}
	return int(info.State.Msgs), nil
}

// Ready reports why the queue cannot take a job now, or nil.
func (q *Queue) Ready(ctx context.Context) error {
	if !q.conn.IsConnected() {
		return fmt.Errorf("reach queue: connection is %v", q.conn.Status())
	}
	_, err := q.Depth(ctx)
	return err
}
