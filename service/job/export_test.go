package job

import (
	"context"
	"time"

	"assay/service/queue"
)

// Register adds a kind.
var Register = register

// Handle is what the queue calls with a job.
func (r *Runner) Handle(ctx context.Context, id string) (queue.Disposition, error) {
	return r.handle(ctx, id)
}

// SubmitUpTo does the first steps of Submit, as a process that dies on the way: 1 claims the key, 2 writes the
// request too, 3 the record too.
func (b *Board) SubmitUpTo(ctx context.Context, step int, kind, model string, request []byte, key string) error {
	id, err := b.claim(ctx, kind, request, key)
	rec := Record{ID: id, Kind: kind, Model: model, State: Queued, Created: time.Now().UTC()}
	if err == nil && step >= 2 {
		err = b.artifacts.Put(ctx, rec.requestName(), request)
	}
	if err == nil && step >= 3 {
		_, err = b.records.Create(ctx, id, rec)
	}
	return err
}
