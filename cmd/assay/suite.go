package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"assay/benchmarks"
	"assay/prover/cpu"
	"assay/suite"
)

// debianTests is where Debian's package libonnx-testdata puts ONNX's tests.
const debianTests = "/usr/share/libonnx-testdata/data"

// suiteFlags are the flags of the suite, beside its options.
type suiteFlags struct {
	suite.Options
	workers  int
	limit    time.Duration
	memory   float64
	only     string
	state    string
	record   string
	resume   bool
	bundled  bool
	all      bool
	one      bool
	oneName  string
	oneModel bool
}

func (a *app) suite() *cobra.Command {
	f := suiteFlags{Options: suite.Defaults}
	c := &cobra.Command{
		Use:   "suite [folder or model.onnx ...]",
		Short: "Run models and ONNX node tests through every stage, and tell how far each comes",
		Long: "Run models and ONNX node tests through import, float execution, integer program, circuit and proof, and tell how\n" +
			"far each comes. A folder may hold node tests (model.onnx beside test_data_set_0/input_0.pb and output_0.pb, as in\n" +
			"ONNX's own repository) and models (NAME.onnx, with inputs and outputs in NAME.golden.json where there are any).\n" +
			"Without a folder it runs those that ASSAY_SUITE lists, or those of Debian's package libonnx-testdata, and the\n" +
			"bundled models. The exit status is 1 if a case failed.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.one {
				return a.suiteOne(cmd.Context(), args, f)
			}
			return a.suiteAll(cmd.Context(), args, f)
		},
	}
	s := c.Flags()
	s.IntVar(&f.workers, "workers", runtime.NumCPU(), "cases at a time")
	s.DurationVar(&f.limit, "limit", 10*time.Minute, "time for a case, which is then stopped and has failed")
	s.Float64Var(&f.memory, "memory", 0, "GiB for all cases that run at a time (default four fifths of what is free)")
	s.StringVar(&f.only, "only", "", "run the cases whose name matches this regular expression")
	s.BoolVar(&f.Prove, "prove", false, "make keys and a proof for the smaller systems")
	s.IntVar(&f.Proof, "max-proof", f.Proof, "constraints from which on --prove makes no proof")
	s.IntVar(&f.Solve, "max-solve", f.Solve, "constraints from which on the circuit runs on gnark's test engine, which needs less memory")
	s.IntVar(&f.Constraints, "max-constraints", f.Constraints, "constraints from which on the circuit is left out")
	s.BoolVar(&f.resume, "resume", false, "take the outcomes of cases that this program has run before from the state file")
	s.StringVar(&f.state, "state", "", "state file (default in the user's cache folder)")
	s.StringVar(&f.record, "record", "", "also write all that is known of each case to this file")
	s.BoolVar(&f.bundled, "bundled", false, "run the bundled models besides the folders")
	s.BoolVar(&f.all, "all", false, "list all cases, not only those that failed")
	s.BoolVar(&f.one, "case", false, "run one case in this process")
	s.StringVar(&f.oneName, "name", "", "name of the case")
	s.BoolVar(&f.oneModel, "model", false, "the case is a model, not a node test")
	for _, hidden := range []string{"case", "name", "model"} {
		s.MarkHidden(hidden)
	}
	return c
}

// suiteOne runs one case and writes messages for the process that started this one.
func (a *app) suiteOne(ctx context.Context, args []string, f suiteFlags) error {
	if len(args) != 1 {
		return fmt.Errorf("suite --case: want one path, got %q", args)
	}
	c := suite.Case{Name: f.oneName, Path: args[0], Kind: suite.Node}
	if f.oneModel {
		c.Kind = suite.Model
	}
	return suite.Child(ctx, c, f.Options, newCPU(cpu.Options{}), a.out)
}

// suiteCases resolves what to run.
func suiteCases(args []string, only string, bundled bool) ([]suite.Case, error) {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return nil, fmt.Errorf("--only: %w", err)
	}
	if len(args) == 0 {
		bundled = true
		args = filepath.SplitList(os.Getenv("ASSAY_SUITE"))
	}
	if _, err := os.Stat(debianTests); err == nil && len(args) == 0 {
		args = []string{debianTests}
	}
	cases, err := suite.Find(args, pattern)
	if err != nil {
		return nil, err
	}
	if bundled {
		cases = append(suite.Bundled(pattern), cases...)
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("suite: found no case in %q", args)
	}
	return cases, nil
}

func (a *app) suiteAll(ctx context.Context, args []string, f suiteFlags) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	cases, err := suiteCases(args, f.only, f.bundled)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("suite: %w", err)
	}
	if f.state == "" {
		dir, err := os.UserCacheDir()
		if err == nil {
			dir = filepath.Join(dir, "assay")
			err = os.MkdirAll(dir, 0o755)
		}
		if err != nil {
			return fmt.Errorf("suite: find a place for the state file: %w", err)
		}
		f.state = filepath.Join(dir, "suite.jsonl")
	}
	state, err := suite.OpenState(f.state, self)
	if err != nil {
		return err
	}
	defer state.Close()
	memory := int64(f.memory * (1 << 30))
	if memory == 0 {
		memory = suite.Available() / 5 * 4
	}
	bar := a.suiteProgress(len(cases))
	var failed error
	s := suite.Schedule{Workers: max(1, f.workers), Limit: f.limit, Memory: memory,
		Command: func(ctx context.Context, c suite.Case) *exec.Cmd { return f.command(ctx, self, memory, c) },
	}
	all, err := s.Resume(ctx, cases, state, f.Options, f.resume, func(o suite.Outcome) { bar.step(o) })
	bar.end()
	if err != nil {
		return err
	}
	if f.record != "" {
		if err := a.suiteRecord(f, all); err != nil {
			return err
		}
	}
	if err := a.print(suite.NewReport(all), func() { failed = suite.Table(a.out, all, f.all) }); err != nil {
		return err
	}
	if failed != nil {
		return failed
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("suite: stopped after %d of %d cases; --resume goes on", len(all), len(cases))
	}
	if n := suite.Failures(all); n > 0 {
		return fmt.Errorf("suite: %d of %d cases failed", n, len(all))
	}
	return nil
}

// command is the process of one case: this program.
func (f suiteFlags) command(ctx context.Context, self string, memory int64, c suite.Case) *exec.Cmd {
	args := []string{"suite", "--case", "--name", c.Name, fmt.Sprintf("--model=%v", c.Kind == suite.Model), fmt.Sprintf("--prove=%v", f.Prove),
		"--max-proof", fmt.Sprint(f.Proof), "--max-solve", fmt.Sprint(f.Solve), "--max-constraints", fmt.Sprint(f.Constraints), "--", c.Path}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", max(1, runtime.NumCPU()/max(1, f.workers))))
	if memory > 0 {
		cmd.Env = append(cmd.Env, fmt.Sprintf("GOMEMLIMIT=%d", memory/10*9))
	}
	return cmd
}

// suiteRecord writes all that is known of the outcomes.
func (a *app) suiteRecord(f suiteFlags, all []suite.Outcome) error {
	b, err := suite.Record{Machine: benchmarks.ThisMachine(), Options: f.Options, Cases: all}.Marshal()
	if err != nil {
		return err
	}
	return a.output(f.record, b)
}
