package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/benchmarks"
	"assay/bundle"
	"assay/compile"
	"assay/models"
)

func (a *app) bench() *cobra.Command {
	var one, keys, peak, markdown string
	var limits benchmarks.Limits
	var against peerFlags
	var backend backendFlags
	c := &cobra.Command{
		Use:   "bench [model.onnx or folder ...]",
		Short: "Measure the bundled models and others, from compilation to gas",
		Long: "Measure the bundled models and others, from compilation to gas. Each model runs in a process of its own, so\n" +
			"that its peak memory is its own. Models that are not bundled are calibrated and proven on uniform noise.\n\n" +
			"With --peer ezkl, the same files and inputs run through EZKL too, which make peer installs: as its calibration leaves it,\n" +
			"and tuned for speed at an error no larger than Assay's. Proofs alternate; stages run under limits of time and memory.",
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case against.stage != "":
				return a.peerStage(against.stage, args)
			case against.peer != "":
				if flag := changed(cmd, notPeer); flag != "" {
					return fmt.Errorf("--%s: a comparison with a peer takes no such flag: it proves on the processor as it comes, whatever the size", flag)
				}
				runs := limits.Runs
				if !cmd.Flags().Changed("runs") {
					runs = peerRuns
				}
				return a.benchPeer(cmd.Context(), args, against, runs)
			case changed(cmd, onlyPeer) != "":
				return fmt.Errorf("--%s: want --peer beside it", changed(cmd, onlyPeer))
			case one != "":
				return a.benchOne(one, limits, backend)
			case keys != "":
				return a.benchKeys(keys)
			case peak != "":
				return a.benchPeak(peak, args, backend)
			}
			return a.benchAll(args, limits, backend, markdown)
		},
	}
	c.Flags().IntVar(&limits.Runs, "runs", 5, "proofs a model at least; 3 a side with --peer")
	c.Flags().IntVar(&limits.Constraints, "max-constraints", 2_000_000, "leave out models that need more; 0 for no limit")
	c.Flags().StringVar(&markdown, "markdown", "", "also write the table to this file")
	c.Flags().StringVar(&one, "one", "", "measure one model in this process")
	c.Flags().StringVar(&keys, "keys", "", "make the keys of this bundle and print time and peak memory")
	c.Flags().StringVar(&peak, "peak", "", "prove once from this bundle and print the peak memory")
	against.register(c)
	backend.register(c)
	c.Flags().MarkHidden("one")
	c.Flags().MarkHidden("keys")
	c.Flags().MarkHidden("peak")
	return c
}

// changed is the first of the flags that the user gave, or empty.
func changed(c *cobra.Command, flags []string) string {
	for _, name := range flags {
		if c.Flags().Changed(name) {
			return name
		}
	}
	return ""
}

func (a *app) benchAll(args []string, limits benchmarks.Limits, backend backendFlags, markdown string) error {
	names := models.Names()
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			return fmt.Errorf("bench: %w", err)
		}
		if !info.IsDir() {
			names = append(names, arg)
			continue
		}
		files, err := filepath.Glob(filepath.Join(arg, "*.onnx"))
		if err != nil {
			return fmt.Errorf("bench: %w", err)
		}
		slices.Sort(files)
		names = append(names, files...)
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	res := &benchmarks.Result{Machine: benchmarks.ThisMachine(), Runs: limits.Runs}
	p := a.progress()
	defer p.end()
	for _, n := range names {
		p.stage("measure " + filepath.Base(n))
		cmd := exec.Command(self, append([]string{"bench", "--json", "--one", n, "--runs", fmt.Sprint(limits.Runs), "--max-constraints", fmt.Sprint(limits.Constraints)}, backend.args()...)...)
		out, err := cmd.Output()
		row := &benchmarks.Row{}
		if err == nil {
			err = json.Unmarshal(out, row)
		}
		if err != nil {
			row = &benchmarks.Row{Model: strings.TrimSuffix(filepath.Base(n), ".onnx"), Error: childError(err)}
		}
		res.Rows = append(res.Rows, row)
	}
	p.end()
	if markdown != "" {
		var b strings.Builder
		if err := res.Markdown(&b); err != nil {
			return err
		}
		if err := a.output(markdown, []byte(b.String())); err != nil {
			return err
		}
	}
	if !a.json {
		return res.Markdown(a.out)
	}
	return a.print(res, nil)
}

// childError is the reason that a child process printed.
func childError(err error) string {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err.Error()
	}
	var f failure
	lines := strings.Split(strings.TrimSpace(string(exit.Stderr)), "\n")
	if json.Unmarshal([]byte(lines[len(lines)-1]), &f) == nil && f.Error != "" {
		return f.Error
	}
	return err.Error()
}

func (a *app) benchOne(name string, limits benchmarks.Limits, backend backendFlags) error {
	req, err := benchmarks.Request(name)
	if err != nil {
		return err
	}
	device, err := backend.open(a)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "assay-bench-*")
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	defer os.RemoveAll(dir)
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	child := func(what string, into any, args ...string) error {
		out, err := exec.Command(self, append([]string{"bench", "--json"}, args...)...).Output()
		if err != nil {
			return fmt.Errorf("measure %s: %s", what, childError(err))
		}
		if err := json.Unmarshal(out, into); err != nil {
			return fmt.Errorf("measure %s: %w", what, err)
		}
		return nil
	}
	row, err := benchmarks.Measure(req, device, dir, limits, func(dir string) (*benchmarks.Keys, error) {
		k := new(benchmarks.Keys)
		return k, child("setup", k, "--keys", dir)
	}, nil)
	if err != nil {
		return err
	}
	if err := child("peak memory", &row.ProvePeak, append([]string{"--peak", dir, name}, backend.args()...)...); err != nil {
		return err
	}
	if a.json {
		return a.print(row, nil)
	}
	return (&benchmarks.Result{Machine: benchmarks.ThisMachine(), Runs: limits.Runs, Rows: []*benchmarks.Row{row}}).Markdown(a.out)
}

func (a *app) benchKeys(dir string) error {
	k, err := benchmarks.Setup(dir)
	if err != nil {
		return err
	}
	return a.print(k, func() { a.say("%.3f s, %d bytes", k.Seconds, k.Peak) })
}

func (a *app) benchPeak(dir string, args []string, backend backendFlags) error {
	if len(args) != 1 {
		return fmt.Errorf("bench --peak: want the model's name, got %q", args)
	}
	device, err := backend.open(a)
	if err != nil {
		return err
	}
	n, err := benchmarks.ProvePeak(dir, device, func(b *bundle.Bundle) ([]compile.Sample, error) { return benchmarks.Samples(args[0])(b.Specs()) })
	if err != nil {
		return err
	}
	return a.print(n, func() { a.say("%d", n) })
}
