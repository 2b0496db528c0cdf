package peer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// Assay runs this program's stages.
type Assay struct {
	Command func(ctx context.Context, stage, dir string) *exec.Cmd // a process that runs Stages[stage] and prints its answer as JSON
	Limits  Limits
}

// budget is what is left of the limits of one side.
type budget struct {
	Limits
	used time.Duration
}

// next are the limits of the next stage.
func (b *budget) next() Limits {
	return Limits{Time: max(b.Time-b.used, time.Millisecond), Memory: b.Memory, Idle: b.Idle}
}

// spend counts a stage. An error by which it was stopped tells of all stages then.
func (b *budget) spend(u usage, err error) {
	b.used += time.Duration(u.seconds * float64(time.Second))
	var stopped *StoppedError
	if errors.As(err, &stopped) {
		stopped.Seconds = b.used.Seconds()
	}
}

// run runs one stage of Assay.
func (p *Assay) run(ctx context.Context, b *budget, stage, dir string) (*Answer, error) {
	out, errOut, used, err := runLimited(ctx, p.Command(ctx, stage, dir), b.next())
	b.spend(used, err)
	if err != nil {
		return nil, childError(err, nil, errOut)
	}
	a := &Answer{}
	if err := json.Unmarshal(out, a); err != nil {
		return nil, fmt.Errorf("read answer of %s: %w", stage, err)
	}
	return a, nil
}

// childError is err with what the child said of it: the error in its JSON answer, or the last line of its standard error.
func childError(err error, out, errOut []byte) error {
	if _, ok := err.(*exec.ExitError); !ok {
		return err
	}
	said := func(b []byte) string {
		lines := strings.Split(strings.TrimSpace(string(b)), "\n")
		last := lines[len(lines)-1]
		var f struct{ Error string }
		if json.Unmarshal([]byte(last), &f) == nil && f.Error != "" {
			first, _, _ := strings.Cut(f.Error, "\n")
			return first
		}
		return strings.TrimSpace(last)
	}
	if s := said(out); s != "" {
		return fmt.Errorf("%s", s)
	}
	if s := said(errOut); s != "" {
		return fmt.Errorf("%s", s)
	}
	return err
}

// end fills in how a side ended early.
func (s *Side) end(stage string, b *budget, err error) {
	s.Stage, s.Reason, s.Elapsed = stage, err.Error(), b.used.Seconds()
	s.Status = Failed
	if slices.Contains([]string{"compile", "calibrate", "tune"}, stage) {
		s.Status = Refused
	}
	if _, ok := err.(*StoppedError); ok {
		s.Status = Stopped
	}
}

// prepare compiles and makes keys.
func (p *Assay) prepare(ctx context.Context, b *budget, dir string, c *Comparison) (*Answer, error) {
	s := &Side{Status: Done}
	c.Assay = s
	a, err := p.run(ctx, b, "compile", dir)
	if err != nil {
		s.end("compile", b, err)
		return nil, ctx.Err()
	}
	c.Parameters, c.MultiplyAdds, c.Nonlinear, c.Left = a.Parameters, a.MultiplyAdds, a.Nonlinear, a.Left
	s.Constraints, s.PublicValues, s.Prepare, s.PreparePeak = a.Constraints, a.Values, a.Seconds, a.Peak
	k, err := p.run(ctx, b, "setup", dir)
	if err != nil {
		s.end("setup", b, err)
		return a, ctx.Err()
	}
	s.Setup, s.SetupPeak, s.ProvingKey, s.VerifyingKey = k.Seconds, k.Peak, k.ProvingKey, k.VerifyingKey
	return a, nil
}

// prove makes one measurement of proving.
func (p *Assay) prove(ctx context.Context, b *budget, dir string, s *Side) {
	a, err := p.run(ctx, b, "prove", dir)
	if err != nil {
		s.end("prove", b, err)
		return
	}
	s.ProveAll, s.CallAll = append(s.ProveAll, a.Seconds), append(s.CallAll, a.Call)
	s.Prove, s.Call, s.ProvePeak = median(s.ProveAll), median(s.CallAll), max(s.ProvePeak, a.Peak)
	s.Verify, s.ProofBytes, s.Elapsed = a.Verify, a.ProofBytes, b.used.Seconds()
}

// settle verifies on an EVM.
func (p *Assay) settle(ctx context.Context, dir string, s *Side) {
	a, err := p.run(ctx, &budget{Limits: p.Limits}, "evm", dir)
	if err != nil {
		s.EVM = &EVM{Reason: err.Error()}
		return
	}
	s.EVM = a.EVM
}

// clean removes a model's folder.
func clean(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("remove folder: %w", err)
	}
	return nil
}
