package main

import (
	"fmt"
	"sort"

	"github.com/spf13/cobra"

	"assay/bundle"
	"assay/input"
	"assay/ir/tensor"
	"assay/pipeline"
)

// runOutput is one output of one sample.
type runOutput struct {
	Name     string    `json:"name"`
	Shape    []int     `json:"shape"`
	Integers []int64   `json:"integers"`
	Scale    float64   `json:"scale"`
	Reals    []float64 `json:"reals"`
}

// runFloat is one output of the float model, and the proven one read as such.
type runFloat struct {
	Name  string    `json:"name"`
	Float []float64 `json:"float"`
	Read  []float64 `json:"read,omitempty"`
}

type runResult struct {
	Clamped int         `json:"clamped"`
	Proven  []runOutput `json:"proven"`
	Model   []runFloat  `json:"model"`
}

func (a *app) run() *cobra.Command {
	var in string
	var image imageFlags
	c := &cobra.Command{
		Use:   "run bundle/ --input FILE",
		Short: "Answer with the exact integer program and the float model, without a proof",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := bundle.Open(args[0])
			if err != nil {
				return err
			}
			g, err := b.Graph()
			if err != nil {
				return err
			}
			samples, err := input.Read(in, b.Specs(), image.options())
			if err != nil {
				return err
			}
			var results []runResult
			for _, s := range samples {
				ans, err := pipeline.Run(b, g, s)
				if err != nil {
					return err
				}
				results = append(results, newRunResult(b, ans))
			}
			return a.print(results, func() {
				for i, r := range results {
					if len(results) > 1 {
						a.say("sample %d", i)
					}
					a.printRun(r)
				}
			})
		},
	}
	c.Flags().StringVar(&in, "input", "", "input file (required)")
	image.register(c)
	c.MarkFlagRequired("input")
	return c
}

func newRunResult(b *bundle.Bundle, ans *pipeline.Answer) runResult {
	r := runResult{Clamped: ans.Clamped}
	for _, id := range b.Model.Program.Outputs {
		t := b.Model.Program.Tensors[id]
		r.Proven = append(r.Proven, runOutput{t.Name, t.Shape, ans.Integers[t.Name].Data, t.Scale, ans.Reals[t.Name].Data})
	}
	for _, name := range sorted(ans.Float) {
		f := runFloat{Name: name, Float: ans.Float[name].Data}
		if y := ans.Read[name]; y != nil {
			f.Read = y.Data
		}
		r.Model = append(r.Model, f)
	}
	return r
}

func sorted(m map[string]*tensor.Float) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// shown is how many elements of an output are printed.
const shown = 20

func (a *app) printRun(r runResult) {
	if r.Clamped > 0 {
		a.say("%d input elements lie outside the declared range and were clamped to it.", r.Clamped)
	}
	for i, o := range r.Proven {
		rows := [][]string{{"", "INTEGER", "TIMES SCALE", "FLOAT MODEL"}}
		var f runFloat
		for _, m := range r.Model {
			if m.Name == o.Name || len(r.Model) == len(r.Proven) && m.Name == r.Model[i].Name && len(m.Read) == len(o.Integers) {
				f = m
			}
		}
		last := "FLOAT MODEL"
		if f.Name != "" && f.Name != o.Name {
			rows[0] = []string{"", "INTEGER", "TIMES SCALE", "READ AS " + f.Name, last}
		}
		for j := range o.Integers {
			if j == shown {
				rows = append(rows, []string{"...", fmt.Sprintf("%d more", len(o.Integers)-shown)})
				break
			}
			row := []string{fmt.Sprint(j), fmt.Sprint(o.Integers[j]), fmt.Sprintf("%.6g", o.Reals[j])}
			if f.Name != "" && f.Name != o.Name {
				row = append(row, fmt.Sprintf("%.6g", f.Read[j]))
			}
			if j < len(f.Float) {
				row = append(row, fmt.Sprintf("%.6g", f.Float[j]))
			}
			rows = append(rows, row)
		}
		a.say("%s  (scale %.6g)", o.Name, o.Scale)
		a.table(rows)
	}
}
