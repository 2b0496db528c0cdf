package peer

import (
	"context"
	"errors"
	"fmt"

	"assay/internal/machine"
)

// errChanged is why a comparison cannot be refreshed: both sides have to be run again.
var errChanged = errors.New("compare it again")

// refreshable reports whether no figure of the sides of c is related to one of the other: Assay finished, and the peer did
// not in either mode.
func (c *Comparison) refreshable() bool {
	return c.Assay.Finished() && !c.Calibrated.Finished() && !c.Tuned.Finished()
}

// Refresh measures Assay's side of c, a model of r, again, and leaves the peer's rows, which can take it an hour to come to nothing. It
// gives nil where the peer finishes: the two belong into one run then. A search for the peer's arguments depended on
// Assay's error: where Assay's answer is another than it was, or the machine, the error is errChanged,
// and where Assay no longer finishes.
func (b *Bench) Refresh(ctx context.Context, m *Model, r *Record, c *Comparison) (_ *Comparison, err error) {
	if !c.refreshable() {
		return nil, nil
	}
	here := machine.This()
	if before := r.machine(c); !before.Same(here) {
		return nil, fmt.Errorf("refresh %s: want the machine that the peer ran on, %s; got %s: %w", m.Name, words(before), words(here), errChanged)
	}
	dir, err := b.folder(m)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, clean(dir)) }()
	again := *c
	if again.PeerCommit == "" {
		again.PeerCommit = c.Commit
	}
	again.Commit = here.Commit
	b.say("%s: Assay compiles and sets up", m.Name)
	again.Input, again.Calibration = m.Source, len(m.Calibration)
	own := &budget{Limits: b.Assay.Limits}
	a, err := b.Assay.prepare(ctx, own, dir, &again)
	if err != nil {
		return nil, err
	}
	if err := again.Assay.unfinished(m.Name); err != nil {
		return nil, err
	}
	if _, err := b.float(ctx, dir, a, &again); err != nil {
		return nil, err
	}
	if again.Reference != c.Reference {
		return nil, fmt.Errorf("refresh %s: want float answers of %s; got those of %s", m.Name, c.Reference, again.Reference)
	}
	if before, now := c.Assay.Error, again.Assay.Error; (before == nil) != (now == nil) || now != nil && now.Abs != before.Abs {
		return nil, fmt.Errorf("refresh %s: want the error that the peer was tuned to, %s; got %s: %w", m.Name, abs(before), abs(now), errChanged)
	}
	if err := b.alternate(ctx, dir, own, &again); err != nil {
		return nil, err
	}
	if err := again.Assay.unfinished(m.Name); err != nil {
		return nil, err
	}
	b.Assay.settle(ctx, dir, again.Assay)
	return &again, ctx.Err()
}

// unfinished is why a side that finished before does not now: its older row stays.
func (s *Side) unfinished(model string) error {
	if s.Status == Done {
		return nil
	}
	return fmt.Errorf("refresh %s: %s at %s: %s: %w", model, s.Status, s.Stage, s.Reason, errChanged)
}

func abs(e *Error) string {
	if e == nil {
		return "none"
	}
	return fmt.Sprint(e.Abs)
}
