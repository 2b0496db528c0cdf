// Package store keeps what the service must not forget: small JSON records with compare-and-set, and artifacts of
// any size. Both live in JetStream; a write that returned nil is on disk.
package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

var (
	ErrExists   = errors.New("record exists")            // Create of a key that is taken
	ErrNotFound = errors.New("not found")                // Get of a key or artifact that is absent
	ErrStale    = errors.New("record changed meanwhile") // Update of a revision that is not the latest
)

// history is how many past states of a record are kept: its audit trail.
const history = 32

// Records is a bucket of JSON values of one type.
type Records[T any] struct {
	bucket string
	kv     jetstream.KeyValue
}

// OpenRecords opens a bucket and creates it if it is missing. Values untouched for ttl are dropped; 0 keeps them.
func OpenRecords[T any](ctx context.Context, js jetstream.JetStream, bucket string, ttl time.Duration) (*Records[T], error) {
	kv, err := js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: bucket, History: history, TTL: ttl, Storage: jetstream.FileStorage,
	})
	if err != nil {
		return nil, fmt.Errorf("open records %s: %w", bucket, err)
	}
	return &Records[T]{bucket: bucket, kv: kv}, nil
}

// Create writes a record that must not exist and gives its revision.
func (r *Records[T]) Create(ctx context.Context, key string, v T) (uint64, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return 0, r.wrap("encode", key, err)
	}
	rev, err := r.kv.Create(ctx, key, raw)
	if errors.Is(err, jetstream.ErrKeyExists) {
		err = ErrExists
	}
	return rev, r.wrap("create", key, err)
}

// Get reads a record and its revision.
func (r *Records[T]) Get(ctx context.Context, key string) (v T, rev uint64, err error) {
	e, err := r.kv.Get(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		err = ErrNotFound
	}
	if err != nil {
		return v, 0, r.wrap("read", key, err)
	}
	if err := json.Unmarshal(e.Value(), &v); err != nil {
		return v, 0, r.wrap("decode", key, err)
	}
	return v, e.Revision(), nil
}

// Update replaces the record of revision rev and gives the new revision.
func (r *Records[T]) Update(ctx context.Context, key string, v T, rev uint64) (uint64, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return 0, r.wrap("encode", key, err)
	}
	next, err := r.kv.Update(ctx, key, raw, rev)
	if errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
		err = ErrStale
	}
	return next, r.wrap("update", key, err)
}

// History lists the states that a record went through, oldest first, as far as they are kept.
func (r *Records[T]) History(ctx context.Context, key string) ([]T, error) {
	entries, err := r.kv.History(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		err = ErrNotFound
	}
	if err != nil {
		return nil, r.wrap("read history of", key, err)
	}
	states := make([]T, len(entries))
	for i, e := range entries {
		if err := json.Unmarshal(e.Value(), &states[i]); err != nil {
			return nil, r.wrap("decode history of", key, err)
		}
	}
	return states, nil
}

func (r *Records[T]) wrap(verb, key string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s/%s: %w", verb, r.bucket, key, err)
}
