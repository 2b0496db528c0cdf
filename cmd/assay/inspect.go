package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"assay/circuits"
	"assay/cost"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/pipeline"
)

// inspection is what inspect prints.
type inspection struct {
	File         string            `json:"file"`
	Opset        int               `json:"opset"`
	Producer     string            `json:"producer,omitempty"`
	Inputs       []string          `json:"inputs"`
	Outputs      []string          `json:"outputs"`
	Parameters   int               `json:"parameters"`
	MultiplyAdds int               `json:"multiply_adds,omitempty"`
	Nonlinear    int               `json:"nonlinear,omitempty"`
	Operators    map[string]int    `json:"operators"`
	Unsupported  []string          `json:"unsupported"`
	Reason       string            `json:"reason,omitempty"` // why the model cannot be compiled
	Plan         []pipeline.Node   `json:"plan,omitempty"`
	Tables       []circuits.Table  `json:"tables,omitempty"`
	InputCost    int               `json:"input_constraints,omitempty"`
	Statement    int               `json:"statement_constraints,omitempty"`
	Constraints  int               `json:"constraints,omitempty"`
	Size         *cost.Size        `json:"size,omitempty"`
	Weights      *circuits.Weights `json:"planned_by,omitempty"`
	Estimate     *cost.Estimate    `json:"estimate,omitempty"`

	summary *pipeline.Summary
}

func (a *app) inspect() *cobra.Command {
	var dimFlags, constFlags []string
	var bits int
	var large bool
	c := &cobra.Command{
		Use:   "inspect model.onnx",
		Short: "Show what a model is, what of it is unsupported, and what a proof would cost",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := dims(dimFlags)
			if err != nil {
				return err
			}
			fixed, err := constants(constFlags)
			if err != nil {
				return err
			}
			raw, err := os.ReadFile(args[0])
			if err != nil {
				return fmt.Errorf("read model: %w", err)
			}
			info, err := onnx.Survey(raw)
			if err != nil {
				return err
			}
			r := inspection{File: args[0], Opset: info.Opset, Producer: strings.TrimSpace(info.Producer + " " + info.ProducerVersion),
				Parameters: info.Parameters, Operators: info.Ops, Unsupported: []string{}}
			for _, p := range info.Inputs {
				r.Inputs = append(r.Inputs, p.String())
			}
			for _, p := range info.Outputs {
				r.Outputs = append(r.Outputs, p.String())
			}
			for _, u := range info.Unsupported {
				r.Unsupported = append(r.Unsupported, u.String())
			}
			if len(r.Unsupported) == 0 {
				a.estimate(&r, raw, d, fixed, bits, large)
			}
			if err := a.print(r, func() { a.printInspection(&r) }); err != nil {
				return err
			}
			if len(r.Unsupported) > 0 {
				return fmt.Errorf("%s: %d of %d nodes use unsupported operators", filepath.Base(args[0]), len(r.Unsupported), info.Nodes)
			}
			if r.Reason != "" {
				return errors.New(r.Reason)
			}
			return nil
		},
	}
	c.Flags().StringArrayVar(&constFlags, "const", nil, "fix an input, as in axes=[0,1] or rate=16000")
	c.Flags().StringArrayVar(&dimFlags, "dim", nil, "bind a symbolic dimension, as in N=1 (the batch defaults to 1)")
	c.Flags().BoolVar(&large, "large", false, "trust the file: lift the limits that keep small files from asking for much time and memory")
	c.Flags().IntVar(&bits, "bits", 0, "bits of an activation (default by the size of the model)")
	return c
}

// estimate quantizes the model on noise: the plan depends little on the calibration.
func (a *app) estimate(r *inspection, raw []byte, d map[string]int, fixed map[string]*tensor.Float, bits int, large bool) {
	p := a.progress()
	defer p.end()
	req := pipeline.Request{Name: "inspect", ONNX: raw, Large: large, Dims: d, Constants: fixed, Samples: pipeline.Noise(2)}
	req.Options.Bits = bits
	c, err := pipeline.Quantize(req, p.report())
	if err != nil {
		r.Reason = err.Error()
		return
	}
	s := c.Summary
	r.summary, r.MultiplyAdds, r.Nonlinear = s, s.MultiplyAdds, s.Nonlinear
	r.Plan, r.Tables, r.InputCost, r.Statement, r.Constraints = s.Nodes, s.Tables, s.Inputs, s.Statement, s.Constraints
	r.Size, r.Weights, r.Estimate = &s.Size, &s.Weights, &s.Estimate
}

func (a *app) printInspection(r *inspection) {
	a.say("%s  (opset %d%s)", filepath.Base(r.File), r.Opset, map[bool]string{true: ", " + r.Producer, false: ""}[r.Producer != ""])
	a.say("  inputs       %s", strings.Join(r.Inputs, ", "))
	a.say("  outputs      %s", strings.Join(r.Outputs, ", "))
	a.say("  parameters   %s", grouped(r.Parameters))
	var names []string
	for n := range r.Operators {
		names = append(names, n)
	}
	sort.Slice(names, func(i, j int) bool {
		return r.Operators[names[i]] > r.Operators[names[j]] || r.Operators[names[i]] == r.Operators[names[j]] && names[i] < names[j]
	})
	for i, n := range names {
		names[i] = fmt.Sprintf("%s %d", n, r.Operators[n])
	}
	a.say("  operators    %s", strings.Join(names, ", "))
	for _, u := range r.Unsupported {
		a.say("  unsupported  %s", u)
	}
	if r.Estimate == nil {
		return
	}
	e := r.Estimate
	a.say("  multiply-adds       %s", grouped(r.MultiplyAdds))
	a.say("  nonlinear elements  %s", grouped(r.Nonlinear))
	a.printPlan(r.summary)
	a.say("\nEstimated by the rates of %s, with a typical calibration:", e.Machine)
	a.say("  constraints   %s", grouped(r.Constraints))
	a.say("  setup         %s", elapsed(e.SetupSeconds))
	a.say("  proof         %s", elapsed(e.ProveSeconds))
	a.say("  proving key   %s", bytesText(e.ProvingKeyBytes))
	a.say("  peak memory   %s to prove, %s to set up", bytesText(e.PeakBytes), bytesText(e.SetupPeakBytes))
	a.say("  verify on EVM %s gas", grouped(e.Gas))
}
