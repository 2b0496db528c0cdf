// Package job is what the service does that takes longer than a request: one file a kind, the durable record of
// each job, and the runner that works on them.
//
// Submit writes the request, then the record, then the message of the queue, each synced to disk; only then is a
// job accepted. A worker counts its attempt in the record before it begins, and every later change is made against
// the revision that it wrote last. So a job is finished once: a worker that was given up for dead and comes back
// finds the record changed and stops.
package job

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"assay/service/queue"
	"assay/service/store"
)

// Board is the durable state of all jobs.
type Board struct {
	queue     *queue.Queue
	records   *store.Records[Record]
	claims    *store.Records[claim]
	artifacts *store.Artifacts
}

// OpenBoard opens the records and artifacts beside the queue. What was not touched for retention is dropped; 0
// keeps all.
func OpenBoard(ctx context.Context, q *queue.Queue, retention time.Duration) (*Board, error) {
	b := &Board{queue: q}
	var err error
	if b.records, err = store.OpenRecords[Record](ctx, q.JetStream(), "jobs", retention); err != nil {
		return nil, err
	}
	if b.claims, err = store.OpenRecords[claim](ctx, q.JetStream(), "claims", retention); err != nil {
		return nil, err
	}
	if b.artifacts, err = store.OpenArtifacts(ctx, q.JetStream(), "artifacts", retention); err != nil {
		return nil, err
	}
	return b, nil
}

var validID = regexp.MustCompile(`^[a-z2-7]{26}$`)

// Get reads a job; CodeUnknownJob if there is none of that id.
func (b *Board) Get(ctx context.Context, id string) (Record, error) {
	if !validID.MatchString(id) {
		return Record{}, Errorf(CodeUnknownJob, "job id: want 26 characters of a-z and 2-7")
	}
	rec, _, err := b.records.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return Record{}, Errorf(CodeUnknownJob, "job %s: never accepted here, or past its retention", id)
	}
	if err != nil {
		return Record{}, fmt.Errorf("get job: %w", err)
	}
	return rec, nil
}

// Result reads what a job in state Succeeded gave; CodeUnknownJob once it is past its retention.
func (b *Board) Result(ctx context.Context, rec Record) ([]byte, error) {
	if rec.State != Succeeded {
		return nil, fmt.Errorf("get result of job %s: want state %s, got %s", rec.ID, Succeeded, rec.State)
	}
	result, err := b.artifacts.Get(ctx, rec.Result)
	if errors.Is(err, store.ErrNotFound) {
		return nil, Errorf(CodeUnknownJob, "job %s: its result is past its retention", rec.ID)
	}
	return result, err
}

// History lists the states that a job went through, oldest first.
func (b *Board) History(ctx context.Context, id string) ([]Record, error) {
	return b.records.History(ctx, id)
}
