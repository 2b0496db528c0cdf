package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"

	"assay/pipeline"
)

// progress shows the running stage and its elapsed time on a terminal, once it takes long. It shows nothing elsewhere.
type progress struct {
	terminal bool
	w        io.Writer
	bar      *progressbar.ProgressBar
	done     chan struct{}
	took     []stage
	started  time.Time
}

// stage is a finished stage.
type stage struct {
	Name    string  `json:"stage"`
	Seconds float64 `json:"seconds"`
}

func (a *app) progress() *progress {
	p := &progress{w: a.errOut}
	if f, ok := a.errOut.(*os.File); ok && !a.json {
		p.terminal = isatty.IsTerminal(f.Fd())
	}
	return p
}

// stage ends the running stage and begins another.
func (p *progress) stage(name string) {
	p.end()
	p.took = append(p.took, stage{Name: name})
	p.started = time.Now()
	if !p.terminal {
		return
	}
	p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription(name),
		progressbar.OptionSpinnerType(14), progressbar.OptionSetElapsedTime(true), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetRenderBlankState(true))
	p.done = make(chan struct{})
	go func(bar *progressbar.ProgressBar, done chan struct{}) {
		t := time.NewTicker(100 * time.Millisecond)
		defer t.Stop()
		for {
			select {
			case <-done:
				return
			case <-t.C:
				bar.Add(1)
			}
		}
	}(p.bar, p.done)
}

// end ends the running stage.
func (p *progress) end() {
	if n := len(p.took); n > 0 && !p.started.IsZero() {
		p.took[n-1].Seconds = time.Since(p.started).Seconds()
		p.started = time.Time{}
	}
	if p.bar != nil {
		close(p.done)
		p.bar.Finish()
		p.bar.Clear()
		p.bar = nil
	}
}

func (p *progress) report() pipeline.Progress { return p.stage }

// parts shows the parts of a long stage, each as a stage of its own, with how much of it is done.
func (p *progress) parts(stage string) func(part string, done float64) {
	running := ""
	return func(part string, done float64) {
		name := stage + ": " + part
		if name != running {
			running = name
			p.stage(name)
		}
		if p.bar != nil {
			p.bar.Describe(fmt.Sprintf("%s %.0f%%", name, 100*done))
		}
	}
}

// elapsed prints seconds for a person.
func elapsed(s float64) string {
	switch {
	case s < 1:
		return fmt.Sprintf("%.0f ms", s*1000)
	case s < 120:
		return fmt.Sprintf("%.1f s", s)
	}
	return fmt.Sprintf("%.1f min", s/60)
}
