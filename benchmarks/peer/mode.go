package peer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// calibrated takes the peer as its own calibration leaves it as far as its keys; nil if it comes no further.
func (p *EZKL) calibrated(ctx context.Context, dir string, want []Output, s *Side) (*keyed, error) {
	k := &keyed{dir: filepath.Join(dir, calibratedFolder), budget: &budget{Limits: p.Limits}, side: s}
	if err := link(dir, k.dir); err != nil {
		return nil, err
	}
	r, err := p.run(ctx, k.budget, "calibrate", k.dir)
	if err != nil {
		s.end("calibrate", k.budget, err)
		return nil, ctx.Err()
	}
	s.take(r)
	if stage, err := p.build(ctx, k, want); err != nil {
		s.end(stage, k.budget, err)
		return nil, ctx.Err()
	}
	return k, nil
}

// take notes what settings say.
func (s *Side) take(r *reply) {
	s.Status, s.Rows, s.K, s.Arguments = Done, r.Rows, r.K, json.RawMessage(r.Arguments)
	s.Prepare, s.PreparePeak = r.Seconds, r.Peak
}

// tuned searches for the fastest arguments whose error is at most that of the first limit that any arguments reach, makes keys
// and a proof for each finalist as long as time allows, and keeps the fastest; nil if it comes no further. The finalists come
// by the size of their proving keys: where the first passes a limit, the others would too.
func (p *EZKL) tuned(ctx context.Context, dir string, want []Output, limits []float64, s *Side) (*keyed, error) {
	folder := filepath.Join(dir, tunedFolder)
	if err := link(dir, folder); err != nil {
		return nil, err
	}
	b := &budget{Limits: p.Limits}
	var search *reply
	var err error
	for i, limit := range limits {
		search, err = p.run(ctx, b, "tune", folder, "--error", strconv.FormatFloat(limit, 'g', -1, 64), "--seconds", fmt.Sprint(p.Search.Seconds()))
		tried, lost := trials(folder)
		if s.Tried = append(s.Tried, tried...); lost != nil {
			return nil, lost
		}
		if i > 0 {
			s.Note = fmt.Sprintf("tuned to the calibrated mode's error of %.2g: no trial reached %.2g", limit, limits[0])
		}
		if _, stopped := err.(*StoppedError); stopped || err == nil {
			break
		}
	}
	if err != nil {
		s.end("tune", b, err)
		return nil, ctx.Err()
	}
	var best *keyed
	var firsts []float64
	for i := range search.Finalists {
		k, stage, err := p.finalist(ctx, folder, i, b, want, search)
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil && best == nil {
			k.side.Tried, k.side.Note = s.Tried, s.Note
			*s = *k.side
			s.end(stage, b, err)
			return nil, nil
		}
		if err != nil {
			break
		}
		firsts = append(firsts, k.side.Prove)
		if best == nil || k.side.Prove < best.side.Prove {
			best = k
		}
		// Another must leave half of the time to the proofs that are measured.
		if next := k.side.Setup + k.side.Call; b.used.Seconds()+next > b.Time.Seconds()/2 {
			break
		}
	}
	if best == nil {
		s.end("tune", b, fmt.Errorf("the search left no finalist"))
		return nil, nil
	}
	// The proofs that are compared are made in turn with the other sides'.
	best.side.Tried, best.side.Finalists, best.side.Note, best.side.ProveAll, best.side.CallAll = s.Tried, firsts, s.Note, nil, nil
	*s = *best.side
	best.side = s
	return best, nil
}

// trials takes the lines that a search has written, one a trial, whether or not it came to its end.
func trials(folder string) ([]string, error) {
	path := filepath.Join(folder, "trials.txt")
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read trials: %w", err)
	}
	if err := os.Remove(path); err != nil {
		return nil, fmt.Errorf("read trials: %w", err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n"), nil
}

// slow is the seconds of a first proof, keys loaded from files, from which on a side makes no other.
const slow = 60

// finalist makes keys and a first proof.
func (p *EZKL) finalist(ctx context.Context, folder string, i int, b *budget, want []Output, search *reply) (*keyed, string, error) {
	k := &keyed{dir: fmt.Sprintf("%s-%d", folder, i), budget: b, side: &Side{}}
	if err := link(folder, k.dir); err != nil {
		return k, "tune", err
	}
	if err := os.Link(filepath.Join(folder, "finalists.json"), filepath.Join(k.dir, "finalists.json")); err != nil {
		return k, "tune", err
	}
	r, err := p.run(ctx, b, "choose", k.dir, "--index", strconv.Itoa(i))
	if err != nil {
		return k, "tune", err
	}
	k.side.take(r)
	k.side.Prepare, k.side.PreparePeak = search.Seconds, search.Peak
	if stage, err := p.build(ctx, k, want); err != nil {
		return k, stage, err
	}
	return k, "prove", p.prove(ctx, k)
}
