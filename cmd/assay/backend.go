package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"assay/internal/machine"
	"assay/prover"
	"assay/prover/cpu"
	"assay/prover/gpu"
)

// backends are the proving backends by name.
var backends = map[string]func(backendFlags) (prover.Backend, error){
	"cpu": openCPU,
	"gpu": func(f backendFlags) (prover.Backend, error) { return gpu.Open(gpu.Options{Device: f.device}) },
}

// backendFlags choose what proves.
type backendFlags struct {
	name, fallback, tables string
	device                 int
}

func (f *backendFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.name, "backend", "cpu", "what proves: "+strings.Join(slices.Sorted(maps.Keys(backends)), " or "))
	c.Flags().IntVar(&f.device, "device", 0, "number of the GPU")
	c.Flags().StringVar(&f.tables, "tables", "", tablesUsage)
	c.Flags().StringVar(&f.fallback, "fallback", "", "what proves where the backend cannot, as cpu (default: an error)")
}

const tablesUsage = "memory for multiples of the key's points, as in 512MB, which make proofs of a long run faster: making them takes about ten proofs' time (default none)"

func openCPU(f backendFlags) (prover.Backend, error) {
	n, err := tablesFlag(f.tables)
	if err != nil {
		return nil, err
	}
	return newCPU(cpu.Options{Tables: n}), nil
}

// newCPU makes the processor's backend.
func newCPU(o cpu.Options) prover.Backend {
	machine.Collect(machine.Proving)
	return cpu.New(o)
}

// tablesFlag parses --tables; nothing stands for no tables.
func tablesFlag(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	n, err := humanize.ParseBytes(s)
	if err != nil || n > 1<<50 {
		return 0, fmt.Errorf("--tables: want a size, as in 512MB, got %q", s)
	}
	return int64(n), nil
}

// args are the flags as another process takes them.
func (f *backendFlags) args() []string {
	return []string{"--backend", f.name, "--device", fmt.Sprint(f.device), "--tables", f.tables, "--fallback", f.fallback}
}

// open makes the backend. It makes the fallback instead, and says so, only where one was asked for.
func (f *backendFlags) open(a *app) (prover.Backend, error) {
	if f.tables != "" && f.name != "cpu" && f.fallback != "cpu" {
		return nil, fmt.Errorf("--tables: want the backend cpu, which has tables, got %s", f.name)
	}
	first, err := f.make("--backend", f.name)
	if f.fallback == "" {
		return first, err
	}
	then, errThen := f.make("--fallback", f.fallback)
	if errThen != nil {
		return nil, errThen
	}
	say := func(err error) { fmt.Fprintf(a.errOut, "proving on %s instead: %v\n", then.Name(), err) }
	switch {
	case err != nil && unusable(err):
		say(err)
		return then, nil
	case err != nil:
		return nil, err
	}
	return &prover.Fallback{First: first, Then: then, Unusable: unusable, Say: say}, nil
}

func (f *backendFlags) make(flag, name string) (prover.Backend, error) {
	open, ok := backends[name]
	if !ok {
		return nil, fmt.Errorf("%s: want %s, got %q", flag, strings.Join(slices.Sorted(maps.Keys(backends)), " or "), name)
	}
	b, err := open(*f)
	if err != nil {
		return nil, fmt.Errorf("open backend %s: %w", name, err)
	}
	return b, nil
}

// unusable reports whether err is about the machine and not about what was to be proven.
func unusable(err error) bool {
	return errors.Is(err, gpu.ErrNotBuilt) || errors.Is(err, gpu.ErrDevice) || errors.Is(err, gpu.ErrMemory)
}
