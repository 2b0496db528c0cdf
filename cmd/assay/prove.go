package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"assay/bundle"
	"assay/input"
	"assay/pipeline"
	"assay/prover"
)

func (a *app) prove() *cobra.Command {
	var in []string
	var many, out, ctxFlag string
	var resume bool
	var image imageFlags
	var backend backendFlags
	c := &cobra.Command{
		Use:   "prove bundle/ --input FILE -o proof.json",
		Short: "Prove one inference or many; a proof is verified before it is written",
		Long: "Prove one inference or many; a proof is verified before it is written.\n\n" +
			"With --inputs, or with --input several times, every sample of the files is proven to a file of its own in the\n" +
			"folder -o, NAME.proof.json after the input's name. Where tensors are committed, NAME.salts.json opens their digests.\n" +
			"An input that cannot be proven is reported and leaves the others alone; the exit status is 1 then.",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) (err error) {
			ctx, err := contextFlag(ctxFlag)
			if err != nil {
				return err
			}
			b, err := bundle.Open(args[0])
			if err != nil {
				return err
			}
			p := a.progress()
			defer p.end()
			open := func() (*prover.Prover, error) {
				device, err := backend.open(a)
				if err != nil {
					return nil, err
				}
				return pipeline.Prover(b, device, p.report())
			}
			if many == "" && len(in) == 1 {
				if resume {
					return fmt.Errorf("prove: --resume is for --inputs and for several --input")
				}
				return a.proveOne(b, open, p, ctx, in[0], out, image.options())
			}
			files := in
			if many != "" {
				if files, err = batchFiles(many); err != nil {
					return err
				}
			}
			pr, err := open()
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, pr.Close()) }()
			p.end()
			return (&batch{app: a, bundle: b, prover: pr, ctx: ctx, dir: out, resume: resume, image: image.options()}).run(files)
		},
	}
	c.Flags().StringArrayVar(&in, "input", nil, "input file with one sample; may be given several times")
	c.Flags().StringVar(&many, "inputs", "", "folder of input files, or a file with many samples")
	c.Flags().StringVarP(&out, "output", "o", "", "file to write the proof to, - for the standard output; for many, a folder (required)")
	c.Flags().BoolVar(&resume, "resume", false, "pass over inputs whose proof is in the folder already and holds")
	c.Flags().StringVar(&ctxFlag, "context", "", "32 bytes that bind the proof to its use, 0x and 64 hexadecimal digits (default zero)")
	image.register(c)
	backend.register(c)
	c.MarkFlagsOneRequired("input", "inputs")
	c.MarkFlagsMutuallyExclusive("input", "inputs")
	c.MarkFlagRequired("output")
	return c
}

// proveOne proves the one sample of a file.
func (a *app) proveOne(b *bundle.Bundle, open func() (*prover.Prover, error), p *progress, ctx [32]byte, in, out string, opt input.Options) (err error) {
	samples, err := input.Read(in, b.Specs(), opt)
	if err != nil {
		return err
	}
	if len(samples) != 1 {
		return fmt.Errorf("prove: want one sample, %s holds %d: --inputs %s proves each", in, len(samples), in)
	}
	pr, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pr.Close()) }()
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
	v := proveResult{Proof: out, Setup: string(res.Envelope.Setup), Backend: pr.Backend.Name(), Seconds: res.Took.Seconds(), Clamped: clamped,
		Salts: hexSalts(res.Salts), Stages: p.took}
	said := *a
	if out == "-" {
		said.out = a.errOut // the standard output holds the proof alone, and salts are nowhere else
	}
	return said.print(v, func() { said.printProof(b, res, v) })
}

type proveResult struct {
	Proof   string   `json:"proof"`
	Setup   string   `json:"setup"`
	Backend string   `json:"backend"`
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
