package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/prover"
	"assay/prover/cpu"
	"assay/prover/gpu"
)

// backends are the proving backends by name.
var backends = map[string]func(backendFlags) (prover.Backend, error){
	"cpu": func(backendFlags) (prover.Backend, error) { return cpu.New(cpu.Options{}), nil },
	"gpu": func(f backendFlags) (prover.Backend, error) { return gpu.Open(gpu.Options{Device: f.device}) },
}

// backendFlags choose what proves.
type backendFlags struct {
	name, fallback string
	device         int
}

func (f *backendFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.name, "backend", "cpu", "what proves: "+strings.Join(slices.Sorted(maps.Keys(backends)), " or "))
	c.Flags().IntVar(&f.device, "device", 0, "number of the GPU")
	c.Flags().StringVar(&f.fallback, "fallback", "", "what proves where the backend cannot, as cpu (default: an error)")
}

// args are the flags as another process takes them.
func (f *backendFlags) args() []string {
	return []string{"--backend", f.name, "--device", fmt.Sprint(f.device), "--fallback", f.fallback}
}

// open makes the backend. It makes the fallback instead, and says so, only where one was asked for.
func (f *backendFlags) open(a *app) (prover.Backend, error) {
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
