package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"assay/benchmarks"
	"assay/benchmarks/peer"
	"assay/compile"
	"assay/models"
	"assay/prover/cpu"
	"assay/suite"
)

// peerFlags are the flags of the comparison with a peer.
type peerFlags struct {
	peer, python, script, srs, work, record string
	limit, search                           time.Duration
	memory                                  float64
	resume, refresh, bundled                bool
	stage                                   string
	dims                                    []string
}

// What a comparison does unless it is told otherwise.
const (
	peerRuns        = 3 // proofs a side
	peerCalibration = 3 // training samples of a bundled model, besides the measured input, on which both sides calibrate
)

// Flags of bench that mean something only in a comparison, and only outside one.
var (
	onlyPeer = []string{"peer-python", "peer-script", "peer-srs", "peer-work", "record", "resume", "refresh", "bundled", "limit", "search", "memory", "dim"}
	notPeer  = []string{"backend", "device", "tables", "fallback", "max-constraints", "markdown"}
)

func (f *peerFlags) register(c *cobra.Command) {
	s := c.Flags()
	s.StringVar(&f.peer, "peer", "", "compare with another prover: ezkl")
	s.StringVar(&f.python, "peer-python", "build/ezkl/bin/python", "Python in which the peer is installed")
	s.StringVar(&f.script, "peer-script", "scripts/peer/stages.py", "the peer's stages")
	s.StringVar(&f.srs, "peer-srs", "build/ezkl/srs", "folder of the peer's reference strings, which are made when first needed")
	s.StringVar(&f.work, "peer-work", "build/peer", "folder for keys and circuits while a model is compared")
	s.StringVar(&f.record, "record", "", "keep the comparison in this file, written after each model")
	s.BoolVar(&f.resume, "resume", false, "leave out models that the record has")
	s.BoolVar(&f.refresh, "refresh", false, "measure Assay again for models of the record that the peer does not finish, and nothing else")
	s.BoolVar(&f.bundled, "bundled", false, "compare the bundled models besides those named")
	s.DurationVar(&f.limit, "limit", 20*time.Minute, "time for a model and mode of the peer: calibration, setup and proofs")
	s.DurationVar(&f.search, "search", 5*time.Minute, "time after which tuning starts no trial")
	s.Float64Var(&f.memory, "memory", 20, "GB of memory for each process")
	s.StringArrayVar(&f.dims, "dim", nil, "bind a dimension that a compared model without a golden file leaves open, as in N=1 (the batch defaults to 1)")
	s.StringVar(&f.stage, "peer-stage", "", "run one stage of Assay on a folder in this process")
	s.MarkHidden("peer-stage")
	c.MarkFlagsMutuallyExclusive("resume", "refresh")
}

// peerStage runs in the process of a stage.
func (a *app) peerStage(name string, args []string) error {
	run, ok := peer.Stages[name]
	if !ok || len(args) != 1 {
		return fmt.Errorf("bench --peer-stage: want a stage and one folder, got %q %q", name, args)
	}
	ans, err := run(args[0], newCPU(cpu.Options{}))
	if err != nil {
		return err
	}
	return a.print(ans, func() { a.say("%.3f s", ans.Seconds) })
}

// peerModel resolves a bundled model's name or a file.
func peerModel(name string, bound map[string]int) (*peer.Model, error) {
	if m, err := models.Get(name); err == nil {
		out := &peer.Model{Name: name, ONNX: m.ONNX, Input: m.Samples[0].Inputs, Source: "the first test sample"}
		out.Calibration = append(out.Calibration, out.Input)
		for _, s := range m.Calibration[:min(peerCalibration, len(m.Calibration))] {
			out.Calibration = append(out.Calibration, compile.Sample(s))
		}
		return out, nil
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	m := &peer.Model{Name: strings.TrimSuffix(filepath.Base(name), ".onnx"), ONNX: raw}
	specs, in, err := suite.GoldenInput(name)
	if errors.Is(err, fs.ErrNotExist) && len(bound) > 0 {
		return m, m.Bind(bound)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	m.Specs, m.Input, m.Source = specs, in, "the model's golden file"
	return m, err
}

// peerNames lists what to compare, the smallest file first.
func peerNames(args []string, bundled bool) ([]string, error) {
	var names, files []string
	if bundled || len(args) == 0 {
		names = models.Names()
	}
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case err == nil && info.IsDir():
			found, err := filepath.Glob(filepath.Join(arg, "*.onnx"))
			if err != nil {
				return nil, fmt.Errorf("bench: %w", err)
			}
			files = append(files, found...)
		case err == nil:
			files = append(files, arg)
		case slices.Contains(models.Names(), arg):
			names = append(names, arg)
		default:
			return nil, fmt.Errorf("bench: %w", err)
		}
	}
	size := func(path string) int64 {
		info, err := os.Stat(path)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	slices.SortStableFunc(files, func(x, y string) int { return int(size(x) - size(y)) })
	return append(names, files...), nil
}

func (a *app) benchPeer(ctx context.Context, args []string, f peerFlags, runs int) error {
	if f.peer != "ezkl" {
		return fmt.Errorf("--peer: want ezkl, got %q", f.peer)
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	names, err := peerNames(args, f.bundled)
	if err != nil {
		return err
	}
	if f.record != "" && !f.resume && !f.refresh {
		if _, err := os.Stat(f.record); err == nil {
			return fmt.Errorf("--record: %s is there already: want --resume to go on with it, or another file", f.record)
		}
	}
	if f.refresh && f.record == "" {
		return errors.New("--refresh: want --record, the comparison to refresh")
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	p := a.progress()
	defer p.end()
	limits := peer.Limits{Time: f.limit, Memory: int64(f.memory * 1e9), Idle: time.Minute}
	bench := &peer.Bench{Runs: runs, Work: f.work, Progress: p.stage,
		Assay: &peer.Assay{Limits: limits, Command: func(_ context.Context, stage, dir string) *exec.Cmd {
			return exec.Command(self, "bench", "--json", "--peer-stage", stage, dir)
		}},
		Peer: &peer.EZKL{Python: f.python, Script: f.script, SRS: f.srs, Limits: limits, Search: f.search},
	}
	res := &peer.Record{Machine: benchmarks.ThisMachine(), Limits: limits, Runs: runs}
	if res.Peer, err = bench.Peer.Versions(ctx); err != nil {
		return err
	}
	if (f.resume || f.refresh) && f.record != "" {
		before, err := peer.Load(f.record)
		if err != nil {
			return err
		}
		if err := before.Continue(res); err != nil {
			return err
		}
		if f.refresh && len(res.Models) == 0 {
			return fmt.Errorf("--refresh: want a record with models, got none in %s", f.record)
		}
	}
	bound, err := dims(f.dims)
	if err != nil {
		return err
	}
	var failed error // of models that the others do not depend on
	for _, name := range names {
		m, err := peerModel(name, bound)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("compare %s: %w", name, err))
			continue
		}
		before := res.Find(m.Name)
		if f.resume && before != nil || f.refresh && before == nil {
			continue
		}
		var c *peer.Comparison
		if f.refresh {
			c, err = bench.Refresh(ctx, m, res, before)
		} else {
			c, err = bench.Compare(ctx, m)
		}
		if stopped := ctx.Err(); stopped != nil {
			return fmt.Errorf("compare %s: %w", m.Name, stopped)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("compare %s: %w", m.Name, err))
			continue
		}
		if c == nil {
			continue
		}
		res.Put(c)
		if f.record == "" {
			continue
		}
		if err := res.Save(f.record); err != nil {
			return err
		}
	}
	p.end()
	var wrong error
	return errors.Join(a.print(res, func() { wrong = res.Markdown(a.out) }), wrong, failed)
}
