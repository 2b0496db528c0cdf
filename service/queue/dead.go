package queue

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Bury keeps note under the id of a job that was given up. A job is buried once: a later note replaces the first.
func (q *Queue) Bury(ctx context.Context, kind, id string, note []byte) error {
	if _, err := q.js.Publish(ctx, "dead."+kind+"."+id, note, jetstream.WithMsgID("dead-"+id)); err != nil {
		return fmt.Errorf("bury job %s: %w", id, err)
	}
	return nil
}

// Buried is the number of jobs that were given up.
func (q *Queue) Buried(ctx context.Context) (int, error) {
	info, err := q.dead.Info(ctx)
	if err != nil {
		return 0, fmt.Errorf("count dead letters: %w", err)
	}
	return int(info.State.Msgs), nil
}

// Letter is the note that job id was buried with.
func (q *Queue) Letter(ctx context.Context, kind, id string) ([]byte, error) {
	msg, err := q.dead.GetLastMsgForSubject(ctx, "dead."+kind+"."+id)
	if err != nil {
		return nil, fmt.Errorf("read dead letter of job %s: %w", id, err)
	}
	return msg.Data, nil
}
