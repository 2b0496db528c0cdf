package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"assay/bundle"
	"assay/circuits"
	"assay/compile"
	"assay/pipeline"
)

func (a *app) compile() *cobra.Command {
	var calibration, out, inVis, outVis, name string
	var dimFlags, constFlags []string
	var ranges []string
	var opt compile.Options
	var outside string
	var large bool
	var image imageFlags
	var memory string
	c := &cobra.Command{
		Use:   "compile model.onnx --calibration FILE -o bundle/",
		Short: "Quantize a model and compile it into a constraint system",
		Long: "Quantize a model and compile it into a constraint system.\n\n" +
			"The calibration file holds typical inputs: .json (Open Inference Protocol, or {\"input_data\": [[...]]}),\n" +
			".npy, .npz, .png, .jpg, or a folder of them. Activations get the scales that these samples need; what\n" +
			"lies outside saturates. With ten samples or more, every fifth is held back to measure fidelity.",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := dims(dimFlags)
			if err != nil {
				return err
			}
			fixed, err := constants(constFlags)
			if err != nil {
				return err
			}
			if opt.Ranges, err = inputRanges(ranges); err != nil {
				return err
			}
			raw, err := os.ReadFile(args[0])
			if err != nil {
				return fmt.Errorf("read model: %w", err)
			}
			most, err := memoryFlag(memory)
			if err != nil {
				return err
			}
			if name == "" {
				name = strings.TrimSuffix(filepath.Base(args[0]), filepath.Ext(args[0]))
			}
			p := a.progress()
			defer p.end()
			comp, err := pipeline.Quantize(pipeline.Request{Name: name, ONNX: raw, Large: large, Dims: d, Constants: fixed, Samples: image.samples(calibration), Options: opt,
				Outside: bundle.Outside(outside), MaxMemory: most, InputVisibility: circuits.Visibility(inVis), OutputVisibility: circuits.Visibility(outVis)}, p.report())
			if err != nil {
				return err
			}
			_, err = os.Stat(filepath.Join(out, bundle.ProvingKeyFile))
			replaced := err == nil
			if _, err := comp.Build(out, p.report()); err != nil {
				return err
			}
			p.end()
			return a.print(comp.Summary, func() {
				if replaced {
					a.say("The keys that were in %s are gone with the bundle that they were for.\n", out)
				}
				a.printFidelity(comp.Summary.Fidelity)
				a.printPlan(comp.Summary)
				for _, r := range comp.Result.Reader {
					a.say("\nThe %s at the end is left to the reader: %s is proven before it, and keeps its order.", r.Kind, r.Output)
				}
				for _, n := range comp.Result.Names {
					if n.Strings != nil {
						a.say("\nOutput %s holds indices of %q.", n.Output, n.Strings)
					}
					if n.Columns != nil {
						a.say("\nThe columns of output %s are %q.", n.Output, n.Columns)
					}
				}
				a.say("\nThe report in pictures: %s", filepath.Join(out, bundle.PageFile))
				a.say("Wrote %s. Next: assay setup %s --insecure-dev", out, out)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&calibration, "calibration", "", "file or folder of typical inputs (required)")
	f.StringVarP(&out, "output", "o", "", "folder to write the bundle to (required)")
	f.StringVar(&name, "name", "", "name of the model (default the file's)")
	f.StringVar(&inVis, "input-visibility", string(circuits.Public), "public or committed (a salted Poseidon2 digest)")
	f.StringVar(&outVis, "output-visibility", string(circuits.Public), "public or committed")
	f.IntVar(&opt.Bits, "bits", 0, "bits of an activation, 2 to 16 (default 8, or 10 for a small model, or what the accuracy takes)")
	f.Float64Var(&opt.Accuracy, "accuracy", 0, "find the fewest bits a tensor that reach this, from 0 to 1: same top-1 for a classifier, else cosine similarity")
	f.IntVar(&opt.Constraints, "constraints", 0, "find the most accurate bits a tensor within this many constraints")
	f.IntVar(&opt.InputBits, "input-bits", 0, "bits of an input element (default 8, or 24 for fewer than 256 elements)")
	f.StringArrayVar(&ranges, "input-range", nil, "declared range of an input, as in NAME=0:1 (default what calibration saw)")
	f.StringArrayVar(&constFlags, "const", nil, "fix an input, as in axes=[0,1] or rate=16000")
	f.StringVar(&outside, "outside", string(bundle.Clamp), "what happens to input elements outside the declared range: clamp or refuse")
	f.StringArrayVar(&dimFlags, "dim", nil, "bind a symbolic dimension, as in N=1 (the batch defaults to 1)")
	f.BoolVar(&large, "large", false, "trust the file: lift the limits that keep small files from asking for much time and memory")
	f.StringVar(&memory, "max-memory", "", "memory that setup and proving may take, as in 8GB (default seven eighths of this machine's, or of its control group's limit); a model that needs more is refused; 0 for no limit")
	image.register(c)
	c.MarkFlagsMutuallyExclusive("bits", "accuracy", "constraints")
	c.MarkFlagRequired("calibration")
	c.MarkFlagRequired("output")
	return c
}

// inputRanges parses --input-range NAME=MIN:MAX.
func inputRanges(flags []string) (map[string]compile.Bounds, error) {
	m := map[string]compile.Bounds{}
	for _, f := range flags {
		i := strings.LastIndex(f, "=")
		lo, hi, ok := strings.Cut(f[i+1:], ":")
		min, err1 := strconv.ParseFloat(lo, 64)
		max, err2 := strconv.ParseFloat(hi, 64)
		b := compile.Bounds{Min: min, Max: max}
		if i < 1 || !ok || err1 != nil || err2 != nil || !b.Valid() {
			return nil, fmt.Errorf("--input-range: want NAME=MIN:MAX, got %q", f)
		}
		m[f[:i]] = b
	}
	return m, nil
}

func (a *app) printFidelity(r *compile.Report) {
	a.say("Fidelity of the integer program against the float model")
	rows := [][]string{{"OUTPUT", "SAMPLES", "MAX ERROR", "MEAN ERROR", "COSINE", "SAME TOP-1", "EXACT"}}
	add := func(kind string, f compile.Fidelity) {
		for _, o := range f.Outputs {
			exact := "-" // of reals
			if o.Measure == "exact" {
				exact = fmt.Sprintf("%.1f%%", 100*o.Exact)
			}
			rows = append(rows, []string{o.Name, fmt.Sprintf("%d %s", f.Samples, kind), fmt.Sprintf("%.4g", o.MaxAbs), fmt.Sprintf("%.4g", o.Mean),
				fmt.Sprintf("%.6f", o.Cosine), fmt.Sprintf("%.1f%%", 100*o.Top1), exact})
		}
	}
	add("calibration", r.Calibration)
	add("held back", r.HeldBack)
	a.table(rows)
	a.say("\n%s an activation", r.Precision())
	if len(r.Raised) > 0 {
		a.say("more bits for the %d tensors whose rounding moves the outputs most", len(r.Raised))
	}
	const worst = 3
	if len(r.Layers) > 0 {
		a.say("\nWorst layers (relative error)")
		rows = nil
		for i, l := range r.Layers {
			if i < worst {
				rows = append(rows, []string{l.Node, l.Kind, fmt.Sprintf("%.4f", l.Relative), fmt.Sprintf("%.0f bits", l.Bits)})
			}
		}
		a.table(rows)
	}
}

func (a *app) printPlan(s *pipeline.Summary) {
	a.say("\nPlan")
	rows := [][]string{{"TENSOR", "KERNEL", "FORM", "ELEMENTS", "CONSTRAINTS"}}
	free := 0
	for _, n := range s.Nodes {
		if n.Constraints == 0 {
			free++
			continue
		}
		rows = append(rows, []string{n.Name, n.Kernel, n.Form, grouped(n.Elements), grouped(n.Constraints)})
	}
	rows = append(rows, tableRows(s.Tables)...)
	rows = append(rows, []string{"inputs", "range", "", "", grouped(s.Inputs)}, []string{"statement", "", "", "", grouped(s.Statement)})
	a.table(rows)
	a.say("  %d further kernels (linear maps, rearrangements) cost no constraints.", free)
	a.say("\n%s constraints, %s nonlinear elements, %s multiply-adds, %d public values", grouped(s.Constraints), grouped(s.Nonlinear), grouped(s.MultiplyAdds), s.Values)
	a.say("domain of %s points, %s advice wires", grouped(s.Size.Domain), grouped(s.Size.Advice))
	a.say("estimated: setup %s with %s of memory, proof %s with %s, proving key %s, %s gas", elapsed(s.Estimate.SetupSeconds), bytesText(s.Estimate.SetupPeakBytes),
		elapsed(s.Estimate.ProveSeconds), bytesText(s.Estimate.PeakBytes), bytesText(s.Estimate.ProvingKeyBytes), grouped(s.Estimate.Gas))
}

// tableRows are the lines of shared tables in a plan: one a range table, and one for all tables of another kind.
func tableRows(tables []circuits.Table) (rows [][]string) {
	type sum struct{ tables, packed, constraints int }
	sums := map[circuits.TableKind]*sum{circuits.FunctionTable: {}, circuits.RowsTable: {}}
	for _, t := range tables {
		if t.Kind == circuits.RangeTable {
			form := fmt.Sprintf("%d bits", t.Bits)
			if t.Folds > 0 {
				form += fmt.Sprintf(", %s folded in", counted(t.Folds, "function"))
			}
			rows = append(rows, []string{"shared table", string(t.Kind), form, "", grouped(t.Constraints)})
			continue
		}
		s := sums[t.Kind]
		s.tables++
		s.constraints += t.Constraints
		if t.Packed {
			s.packed++
		}
	}
	for _, kind := range []circuits.TableKind{circuits.FunctionTable, circuits.RowsTable} {
		if s := sums[kind]; s.tables > 0 {
			form := counted(s.tables, "table")
			if s.packed > 0 {
				form += fmt.Sprintf(", %d packed", s.packed)
			}
			rows = append(rows, []string{"shared table", string(kind), form, "", grouped(s.constraints)})
		}
	}
	return rows
}

// counted is a number of things.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
