package peer

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"assay/internal/machine"
)

// Bench compares models.
type Bench struct {
	Assay    *Assay
	Peer     *EZKL
	Runs     int               // proofs a side
	Work     string            // folder for a model's files, which are removed
	Progress func(what string) // may be nil
}

func (b *Bench) say(format string, args ...any) {
	if b.Progress != nil {
		b.Progress(fmt.Sprintf(format, args...))
	}
}

// exact is the least error, relative to the largest output, that the search asks for: float32 arithmetic is no closer.
const exact = 1e-6

// Compare measures one model. Whatever ends a side early is in its row; the error is for what ends the comparison.
func (b *Bench) Compare(ctx context.Context, m *Model) (_ *Comparison, err error) {
	dir, err := b.folder(m)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, clean(dir)) }()
	here := machine.This()
	c := &Comparison{Model: m.Name, Commit: here.Commit, Machine: &here, Input: m.Source, Calibration: len(m.Calibration), Calibrated: &Side{}, Tuned: &Side{}}
	b.say("%s: Assay compiles and sets up", m.Name)
	own := &budget{Limits: b.Assay.Limits}
	a, err := b.Assay.prepare(ctx, own, dir, c)
	if err != nil {
		return nil, err
	}
	want, err := b.float(ctx, dir, a, c)
	if err != nil {
		return nil, err
	}
	if want == nil {
		for _, s := range []*Side{c.Calibrated, c.Tuned} {
			s.end("reference", &budget{}, errors.New("not tried: neither ONNX Runtime nor Assay runs the float model"))
		}
		return c, nil
	}
	b.say("%s: EZKL calibrates and sets up", m.Name)
	calibrated, err := b.Peer.calibrated(ctx, dir, want, c.Calibrated)
	if err != nil {
		return nil, err
	}
	var tuned *keyed
	var limits []float64
	if c.Assay.Error == nil {
		c.Tuned.end("tune", &budget{}, errors.New("not tried: Assay has no error to compare with"))
	} else {
		b.say("%s: EZKL is tuned", m.Name)
		limits = []float64{max(c.Assay.Error.Abs, exact*magnitude(want))}
		if e := c.Calibrated.Error; e != nil && e.Abs > limits[0] {
			limits = append(limits, e.Abs)
		}
		if tuned, err = b.Peer.tuned(ctx, dir, want, limits, c.Tuned); err != nil {
			return nil, err
		}
	}
	if err := b.alternate(ctx, dir, own, c, calibrated, tuned); err != nil {
		return nil, err
	}
	if c.Assay.Finished() {
		b.Assay.settle(ctx, dir, c.Assay)
	}
	for _, k := range []*keyed{calibrated, tuned} {
		if k != nil && k.side.Finished() {
			b.say("%s: verify", m.Name)
			b.Peer.settle(ctx, k)
		}
	}
	c.concede(limits)
	return c, ctx.Err()
}

// folder completes m and writes its files.
func (b *Bench) folder(m *Model) (dir string, err error) {
	if err := m.Complete(); err != nil {
		return "", err
	}
	dir = filepath.Join(b.Work, m.Name)
	if err := clean(dir); err != nil {
		return "", err
	}
	if err := m.write(dir); err != nil {
		return "", errors.Join(err, clean(dir))
	}
	return dir, nil
}

// concede makes the calibrated side the tuned one where it proves faster at an error within the limits that tuning kept: the
// first, and the last as well where the search found nothing.
func (c *Comparison) concede(limits []float64) {
	from, to := c.Calibrated, c.Tuned
	if len(limits) == 0 || !from.Finished() || from.Error == nil || to.Finished() && to.Prove <= from.Prove {
		return
	}
	limit := limits[0]
	if to.Stage == "tune" {
		limit = limits[len(limits)-1]
	}
	if from.Error.Abs > limit {
		return
	}
	same := *from
	same.Tried, same.Finalists, same.Note = to.Tried, to.Finalists, "the calibrated arguments, which no trial beats"
	*to = same
}

// float finds the float answer, nil if there is none, and Assay's distance from it, unless a is nil.
func (b *Bench) float(ctx context.Context, dir string, a *Answer, c *Comparison) ([]Output, error) {
	want, name, err := b.Peer.reference(ctx, dir)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	c.Reference = name
	if err != nil {
		if a == nil {
			return nil, nil
		}
		want, c.Reference = a.Float, "Assay's float executor"
	}
	flat := make([][]float64, len(want))
	for i, o := range want {
		flat[i] = o.Data
	}
	if a != nil {
		got := make([][]float64, len(want))
		for i, o := range want {
			if j := slices.IndexFunc(a.Outputs, func(x Output) bool { return x.Name == o.Name }); j >= 0 {
				got[i] = a.Outputs[j].Data
			}
		}
		if c.Assay.Error, err = errorOf(want, got); err != nil {
			return nil, err
		}
	}
	return want, writeJSON(filepath.Join(dir, referenceFile), flat)
}

// magnitude is the largest output.
func magnitude(outputs []Output) float64 {
	m := 0.0
	for _, o := range outputs {
		for _, x := range o.Data {
			m = max(m, math.Abs(x))
		}
	}
	return m
}

// alternate makes the proofs in turn.
func (b *Bench) alternate(ctx context.Context, dir string, own *budget, c *Comparison, peers ...*keyed) error {
	for i := range b.Runs {
		b.say("%s: proof %d of %d", c.Model, i+1, b.Runs)
		if c.Assay.again(i) {
			b.Assay.prove(ctx, own, dir, c.Assay)
		}
		for _, k := range peers {
			if k == nil || !k.side.again(i) {
				continue
			}
			if err := b.Peer.prove(ctx, k); err != nil {
				k.side.end("prove", k.budget, err)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// again reports whether to make one more proof after n.
func (s *Side) again(n int) bool { return s.Status == Done && (n == 0 || s.CallAll[0] <= slow) }
