package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Artifacts is a bucket of byte strings of any size, each checked against its SHA-256 when read.
type Artifacts struct {
	bucket string
	obj    jetstream.ObjectStore
}

// OpenArtifacts opens a bucket and creates it if it is missing. Artifacts older than ttl are dropped; 0 keeps them.
func OpenArtifacts(ctx context.Context, js jetstream.JetStream, bucket string, ttl time.Duration) (*Artifacts, error) {
	obj, err := js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{
		Bucket: bucket, TTL: ttl, Storage: jetstream.FileStorage,
	})
	if err != nil {
		return nil, fmt.Errorf("open artifacts %s: %w", bucket, err)
	}
	return &Artifacts{bucket: bucket, obj: obj}, nil
}

// Put writes data under name, in place of what was there.
func (a *Artifacts) Put(ctx context.Context, name string, data []byte) error {
	if _, err := a.obj.PutBytes(ctx, name, data); err != nil {
		return fmt.Errorf("write %s/%s: %w", a.bucket, name, err)
	}
	return nil
}

// Get reads what is under name; ErrNotFound if there is nothing.
func (a *Artifacts) Get(ctx context.Context, name string) ([]byte, error) {
	data, err := a.obj.GetBytes(ctx, name)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read %s/%s: %w", a.bucket, name, err)
	}
	return data, nil
}
