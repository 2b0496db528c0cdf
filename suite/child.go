package suite

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"assay/prover"
)

// message is a line that a case's process writes: the stage that begins, or at its end the outcome.
type message struct {
	Stage   Stage    `json:"stage,omitempty"`
	Outcome *Outcome `json:"outcome,omitempty"`
}

// Child runs one case in this process and writes its messages to w.
func Child(ctx context.Context, c Case, opt Options, backend prover.Backend, w io.Writer) error {
	e := json.NewEncoder(w)
	var failed error
	send := func(m message) {
		if err := e.Encode(m); err != nil && failed == nil {
			failed = fmt.Errorf("report: %w", err)
		}
	}
	o := func() (o Outcome) {
		var stage Stage
		defer func() {
			if p := recover(); p != nil {
				lines := strings.Split(string(debug.Stack()), "\n")
				o = Outcome{Name: c.Name, Kind: c.Kind, Stage: stage, Status: Fail, Detail: fmt.Sprintf("panic: %v%s", p, frame(lines))}
			}
		}()
		return Run(ctx, c, opt, backend, func(s Stage) {
			stage = s
			send(message{Stage: s})
		})
	}()
	send(message{Outcome: &o})
	return failed
}

// frame is the function below the panic in a stack.
func frame(stack []string) string {
	for i, l := range stack {
		if strings.HasPrefix(l, "panic(") && i+2 < len(stack) {
			return " in " + strings.SplitN(stack[i+2], "(0x", 2)[0]
		}
	}
	return ""
}

// Command makes the process of a case; its standard output are messages.
type Command func(ctx context.Context, c Case) *exec.Cmd

// process is a case that runs in a process of its own.
type process struct {
	limit  time.Duration
	pid    atomic.Int64
	killed atomic.Bool // for memory
	stage  Stage
}

// run waits for the process's outcome. Whatever ends it without one is a failure of the stage that it was in.
func (p *process) run(ctx context.Context, c Case, command Command) Outcome {
	start := time.Now()
	lost := func(format string, args ...any) Outcome {
		if p.stage == "" {
			p.stage = Import
		}
		return Outcome{Name: c.Name, Kind: c.Kind, Stage: p.stage, Status: Fail, Detail: fmt.Sprintf(format, args...), Seconds: time.Since(start).Seconds()}
	}
	limited, cancel := context.WithTimeout(ctx, p.limit)
	defer cancel()
	cmd := command(limited, c)
	cmd.WaitDelay = time.Second
	var stderr tail
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return lost("start case: %v", err)
	}
	if err := cmd.Start(); err != nil {
		return lost("start case: %v", err)
	}
	p.pid.Store(int64(cmd.Process.Pid))
	var done *Outcome
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var m message
		if json.Unmarshal(lines.Bytes(), &m) != nil {
			continue
		}
		if m.Stage != "" {
			p.stage = m.Stage
		}
		if m.Outcome != nil {
			done = m.Outcome
		}
	}
	err = cmd.Wait()
	p.pid.Store(0)
	switch {
	case done != nil:
		return *done
	case p.killed.Load():
		return lost("memory: stopped when the cases that ran took more than the limit")
	case limited.Err() == context.DeadlineExceeded && ctx.Err() == nil:
		return lost("time: stopped after %v", p.limit)
	case ctx.Err() != nil:
		return lost("interrupted")
	case err != nil:
		return lost("the process ended without an outcome: %v%s", err, stderr.last())
	}
	return lost("the process ended without an outcome")
}

// kill ends the process for its use of memory.
func (p *process) kill() {
	if pid := p.pid.Load(); pid != 0 {
		p.killed.Store(true)
		if proc, err := os.FindProcess(int(pid)); err == nil {
			proc.Kill()
		}
	}
}

// tail keeps the first bytes of what a process says of its end.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p[:min(len(p), 4096-len(t.b))]...)
	return len(p), nil
}

func (t *tail) last() string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(t.b)), "\n")
	if line == "" {
		return ""
	}
	return ": " + line
}
