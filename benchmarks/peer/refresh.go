package peer

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"assay/internal/machine"
)

// ErrChanged is why a comparison cannot be refreshed: EZKL has to be run again.
var ErrChanged = errors.New("compare it again")

// refreshable reports whether no figure of the sides of c is related to one of the other: Assay finished, and the peer did
// not in either mode.
func (c *Comparison) refreshable() bool {
	return c.Assay.Finished() && !c.Calibrated.Finished() && !c.Tuned.Finished()
}

// Refresh measures Assay's side of c again, and leaves the peer's rows, which can take it an hour to come to nothing. It
// gives nil where the peer finishes: the two belong into one run then. A search for the peer's arguments depended on
// Assay's error: where Assay's answer is another than it was, the error is ErrChanged.
func (b *Bench) Refresh(ctx context.Context, m *Model, c *Comparison) (_ *Comparison, err error) {
	if !c.refreshable() {
		return nil, nil
	}
	if err := m.Complete(); err != nil {
		return nil, err
	}
	dir := filepath.Join(b.Work, m.Name)
	if err := clean(dir); err != nil {
		return nil, err
	}
	if err := m.write(dir); err != nil {
		return nil, err
	}
	defer clean(dir)
	again := *c
	if again.PeerCommit == "" {
		again.PeerCommit = c.Commit
	}
	again.Commit = machine.This().Commit
	b.say("%s: Assay compiles and sets up", m.Name)
	own := &budget{Limits: b.Assay.Limits}
	a, err := b.Assay.prepare(ctx, own, dir, &again)
	if err != nil {
		return nil, err
	}
	if _, err := b.float(ctx, dir, a, &again); err != nil {
		return nil, err
	}
	if before, now := c.Assay.Error, again.Assay.Error; (before == nil) != (now == nil) || now != nil && now.Abs != before.Abs {
		return nil, fmt.Errorf("refresh %s: want the error that the peer was tuned to, %s; got %s: %w", m.Name, abs(before), abs(now), ErrChanged)
	}
	if err := b.alternate(ctx, dir, own, &again); err != nil {
		return nil, err
	}
	if again.Assay.Finished() {
		b.Assay.settle(ctx, dir, again.Assay)
	}
	return &again, ctx.Err()
}

func abs(e *Error) string {
	if e == nil {
		return "none"
	}
	return fmt.Sprintf("%.3g", e.Abs)
}
