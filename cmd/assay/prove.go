package main

import (
	"encoding/hex"
	"fmt"

	"github.com/spf13/cobra"

	"assay/bundle"
	"assay/input"
	"assay/pipeline"
	"assay/prover"
	"assay/prover/cpu"
)

func (a *app) prove() *cobra.Command {
	var in, out, ctxFlag string
	var image imageFlags
	c := &cobra.Command{
		Use:   "prove bundle/ --input FILE -o proof.json",
		Short: "Prove one inference; the proof is verified before it is written",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			ctx, err := contextFlag(ctxFlag)
			if err != nil {
				return err
			}
			b, err := bundle.Open(args[0])
			if err != nil {
				return err
			}
			samples, err := input.Read(in, b.Specs(), image.options())
			if err != nil {
				return err
			}
			if len(samples) != 1 {
				return fmt.Errorf("prove: want one sample, %s holds %d", in, len(samples))
			}
			p := a.progress()
			defer p.end()
			pr, err := pipeline.Prover(b, cpu.New(cpu.Options{}), p.report())
			if err != nil {
				return err
			}
			q, clamped, err := b.Quantize(samples[0])
			if err != nil {
				return err
			}
			res, err := pr.Prove(ctx, q, p.stage)
			if err != nil {
				return err
			}
			p.end()
			enc, err := res.Envelope.Encode()
			if err != nil {
				return err
			}
			if err := a.output(out, enc); err != nil {
				return err
			}
			v := proveResult{Proof: out, Setup: string(res.Envelope.Setup), Seconds: res.Took.Seconds(), Clamped: clamped, Stages: p.took}
			for _, s := range res.Salts {
				w := s.Bytes()
				v.Salts = append(v.Salts, "0x"+hex.EncodeToString(w[:]))
			}
			if out == "-" {
				return nil
			}
			return a.print(v, func() { a.printProof(b, res, v) })
		},
	}
	c.Flags().StringVar(&in, "input", "", "input file with one sample (required)")
	c.Flags().StringVarP(&out, "output", "o", "", "file to write the proof to, - for the standard output (required)")
	c.Flags().StringVar(&ctxFlag, "context", "", "32 bytes that bind the proof to its use, 0x and 64 hexadecimal digits (default zero)")
	image.register(c)
	c.MarkFlagRequired("input")
	c.MarkFlagRequired("output")
	return c
}

type proveResult struct {
	Proof   string   `json:"proof"`
	Setup   string   `json:"setup"`
	Seconds float64  `json:"prove_s"`
	Clamped int      `json:"clamped"`
	Salts   []string `json:"salts,omitempty"`
	Stages  []stage  `json:"stages"`
}

func (a *app) printProof(b *bundle.Bundle, res *prover.Result, v proveResult) {
	if v.Clamped > 0 {
		a.say("%d input elements lie outside the declared range and were clamped to it: the proof is of the clamped input.", v.Clamped)
	}
	a.say("Proven and verified in %s (setup: %s)", elapsed(v.Seconds), v.Setup)
	for i, id := range b.Model.Program.Outputs {
		t := b.Model.Program.Tensors[id]
		a.say("  %s = %v x %.6g", t.Name, brief(res.Outputs[i].Data), t.Scale)
	}
	for i, s := range v.Salts {
		a.say("  salt %d  %s  (opens a committed tensor's digest: keep it)", i, s)
	}
	a.say("Wrote %s", v.Proof)
}

func brief(v []int64) string {
	if len(v) <= shown {
		return fmt.Sprint(v)
	}
	return fmt.Sprintf("%v and %d more", v[:shown], len(v)-shown)
}
