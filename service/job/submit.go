package job

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"assay/service/store"
)

// claim ties an idempotency key to the job and the request that it came with first.
type claim struct {
	ID     string `json:"id"`
	Digest string `json:"digest"` // SHA-256 of kind and request
}

// Submit accepts a job. When it returns, the job survives the death of the process.
//
// A key that is not empty makes it idempotent: the same key with the same request gives the same job, finishing
// what an earlier call may have left half done; with another request it is CodeKeyReused.
func (b *Board) Submit(ctx context.Context, kind, model string, request []byte, key string) (Record, error) {
	id, err := b.claim(ctx, kind, request, key)
	if err != nil {
		return Record{}, err
	}
	rec, _, err := b.records.Get(ctx, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		rec = Record{ID: id, Kind: kind, Model: model, State: Queued, Created: time.Now().UTC()}
		if err := b.artifacts.Put(ctx, rec.requestName(), request); err != nil {
			return Record{}, fmt.Errorf("submit job: %w", err)
		}
		if _, err := b.records.Create(ctx, id, rec); err != nil && !errors.Is(err, store.ErrExists) {
			return Record{}, fmt.Errorf("submit job: %w", err)
		}
	case err != nil:
		return Record{}, fmt.Errorf("submit job: %w", err)
	case rec.State != Queued:
		return rec, nil
	}
	if err := b.queue.Publish(ctx, kind, id); err != nil {
		return Record{}, fmt.Errorf("submit job: %w", err)
	}
	return rec, nil
}

// claim gives the id of the job for a key, a new one if the key is new or empty.
func (b *Board) claim(ctx context.Context, kind string, request []byte, key string) (string, error) {
	id := strings.ToLower(rand.Text())
	if key == "" {
		return id, nil
	}
	digest := sha256.Sum256(append([]byte(kind+"\x00"), request...))
	mine := claim{ID: id, Digest: hex.EncodeToString(digest[:])}
	slot := sha256.Sum256([]byte(key))
	name := hex.EncodeToString(slot[:])

	_, err := b.claims.Create(ctx, name, mine)
	if err == nil {
		return id, nil
	}
	if !errors.Is(err, store.ErrExists) {
		return "", fmt.Errorf("claim idempotency key: %w", err)
	}
	first, _, err := b.claims.Get(ctx, name)
	if err != nil {
		return "", fmt.Errorf("claim idempotency key: %w", err)
	}
	if first.Digest != mine.Digest {
		return "", Errorf(CodeKeyReused, "idempotency key: it came with another request, whose job is %s", first.ID)
	}
	return first.ID, nil
}
