package main

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/spf13/cobra"

	"assay/benchmarks"
	"assay/bundle"
	"assay/compile"
	"assay/input"
	"assay/ir/tensor"
	"assay/models"
	"assay/pipeline"
	"assay/prover"
	"assay/prover/cpu"
	"assay/verifier"
	"assay/verifier/envelope"
	"assay/verifier/evm"
	"assay/verifier/evm/devnet"
)

func (a *app) demo() *cobra.Command {
	var keep, name string
	c := &cobra.Command{
		Use:   "demo",
		Short: "Compile, prove and verify a bundled model, natively and on an embedded EVM",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			dir := keep
			if dir == "" {
				tmp, err := os.MkdirTemp("", "assay-demo-*")
				if err != nil {
					return fmt.Errorf("demo: %w", err)
				}
				defer os.RemoveAll(tmp)
				dir = tmp
			}
			m, err := models.Get(name)
			if err != nil {
				return err
			}
			p := a.progress()
			defer p.end()
			d := &demonstration{app: a, ctx: context.Background(), model: m, dir: filepath.Join(dir, "bundle"), p: p}
			return d.run()
		},
	}
	c.Flags().StringVar(&keep, "keep", "", "keep bundle, proof and contract in this folder")
	c.Flags().StringVar(&name, "model", "lenet5", "bundled model to show")
	return c
}

// demonstration is one run of the demo.
type demonstration struct {
	*app
	ctx   context.Context
	model models.Bundled
	dir   string
	p     *progress
	out   demoResult
}

// demoResult is what demo prints as JSON.
type demoResult struct {
	Model       string    `json:"model"`
	Constraints int       `json:"constraints"`
	Nonlinear   int       `json:"nonlinear"`
	Cosine      float64   `json:"cosine"`
	Answer      string    `json:"answer"`
	Label       string    `json:"label"`
	CompileS    float64   `json:"compile_s"`
	SetupS      float64   `json:"setup_s"`
	ProveS      []float64 `json:"prove_s"`
	VerifyS     float64   `json:"verify_s"`
	ProofBytes  int       `json:"proof_bytes"`
	DeployGas   uint64    `json:"deploy_gas"`
	Gas         uint64    `json:"gas"`
	Refused     []refusal `json:"refused"`
}

// refusal is one tampering and the reasons why it was refused.
type refusal struct {
	Tampering string `json:"tampering"`
	Native    string `json:"native"`
	EVM       string `json:"evm"`
}

func (d *demonstration) text(format string, args ...any) {
	d.p.end()
	if !d.json {
		d.say(format, args...)
	}
}

func (d *demonstration) run() error {
	d.out.Model = d.model.Name
	d.text("Assay: prove that an answer came from a model, and let a contract check it\n")
	b, g, err := d.build()
	if err != nil {
		return err
	}
	pr, res, err := d.prove(b, g)
	if err != nil {
		return err
	}
	if err := d.chain(pr, res); err != nil {
		return err
	}
	if d.json {
		return d.print(d.out, nil)
	}
	return nil
}

func (d *demonstration) build() (*bundle.Bundle, *pipeline.Compiled, error) {
	start := time.Now()
	c, err := pipeline.Quantize(pipeline.Request{Name: d.model.Name, ONNX: d.model.ONNX,
		Samples: func([]input.Spec) ([]compile.Sample, error) { return d.model.Calibration, nil }}, d.p.report())
	if err != nil {
		return nil, nil, err
	}
	b, err := c.Build(d.dir, d.p.report())
	if err != nil {
		return nil, nil, err
	}
	s := c.Summary
	d.out.CompileS, d.out.Constraints, d.out.Nonlinear = time.Since(start).Seconds(), s.Constraints, s.Nonlinear
	d.out.Cosine = c.Result.Report.HeldBack.Outputs[0].Cosine
	d.text("1. compile   %s: %s parameters, %s multiply-adds", d.model.Title, grouped(s.Parameters), grouped(s.MultiplyAdds))
	d.text("             %s nonlinear elements become %s constraints (%.2f each) in %s", grouped(s.Nonlinear), grouped(s.Constraints),
		float64(s.Constraints)/float64(s.Nonlinear), elapsed(d.out.CompileS))
	d.text("             integer answers have cosine %.5f to the float model's on held-back samples", d.out.Cosine)
	start = time.Now()
	if err := pipeline.SetupInsecure(b, d.p.report()); err != nil {
		return nil, nil, err
	}
	d.out.SetupS = time.Since(start).Seconds()
	d.text("2. set up    development keys in %s, marked insecure-dev everywhere", elapsed(d.out.SetupS))
	return b, c, nil
}

// demoProofs is how many proofs the demo makes.
const demoProofs = 3

func (d *demonstration) prove(b *bundle.Bundle, c *pipeline.Compiled) (*prover.Prover, *prover.Result, error) {
	pr, err := pipeline.Prover(b, newCPU(cpu.Options{}), d.p.report())
	if err != nil {
		return nil, nil, err
	}
	sample := d.model.Samples[0]
	ans, err := pipeline.Run(b, c.Graph, sample.Inputs)
	if err != nil {
		return nil, nil, err
	}
	var res *prover.Result
	for range demoProofs {
		if res, err = pr.Prove([32]byte{}, ans.Inputs, d.p.stage); err != nil {
			return nil, nil, err
		}
		d.out.ProveS = append(d.out.ProveS, res.Took.Seconds())
	}
	class := argmax(res.Outputs[0].Data)
	d.out.Answer, d.out.Label = d.model.Classes[class], d.model.Classes[sample.Label]
	start := time.Now()
	if err := verifier.Verify(pr.Key, pr.Schema, res.Envelope, [32]byte{}); err != nil {
		return nil, nil, err
	}
	d.out.VerifyS, d.out.ProofBytes = time.Since(start).Seconds(), len(res.Envelope.Proof)
	d.text("3. ask       a test sample that the model has not seen:")
	if img := picture(sample.Inputs); img != "" {
		d.text("%s", img)
	}
	d.text("             the model says %q; its label is %q", d.out.Answer, d.out.Label)
	d.text("4. prove     %s (best of %d), a proof of %d bytes", elapsed(minimum(d.out.ProveS)), demoProofs, d.out.ProofBytes)
	d.text("5. verify    natively in %s", elapsed(d.out.VerifyS))
	return pr, res, nil
}

func (d *demonstration) chain(pr *prover.Prover, res *prover.Result) error {
	d.p.stage("start an EVM")
	chain, err := devnet.Start()
	if err != nil {
		return err
	}
	defer chain.Close()
	d.p.stage("deploy the verifier")
	contract, err := chain.Deploy(d.ctx, pr.Key)
	if err != nil {
		return err
	}
	d.out.DeployGas = contract.DeployGas
	d.p.stage("verify on the EVM")
	if d.out.Gas, err = contract.Verify(d.ctx, res.Envelope); err != nil {
		return err
	}
	d.text("6. settle    a contract on an embedded EVM accepts it for %s gas (deployment %s)", grouped(int(d.out.Gas)), grouped(int(contract.DeployGas)))
	d.text("7. tamper    and refuses everything else:")
	for _, t := range tamperings(pr.Schema) {
		e := *res.Envelope
		e.Values = append([]fr.Element(nil), res.Envelope.Values...)
		e.Proof = append([]byte(nil), res.Envelope.Proof...)
		e.Tensors = nil
		ctx := [32]byte{}
		t.apply(&e)
		native := verifier.Verify(pr.Key, pr.Schema, &e, ctx)
		data, err := evm.Pack(e.Context, e.Values, e.Proof)
		if err != nil {
			return err
		}
		onChain := contract.Call(d.ctx, data)
		if native == nil || onChain == nil {
			return errors.New("demo: a tampered proof was accepted: " + t.name)
		}
		r := refusal{t.name, codeOf(native), revertName(onChain)}
		d.out.Refused = append(d.out.Refused, r)
		d.text("             %-20s native: %-18s contract: %s", r.Tampering, r.Native, r.EVM)
	}
	m := benchmarks.ThisMachine()
	d.text("\nOn %d cores of %s. Every figure above was measured now.", m.Cores, m.CPU)
	d.text("Next: assay inspect model.onnx, with a model of your own.")
	return nil
}

type tampering struct {
	name  string
	apply func(*envelope.Envelope)
}

func tamperings(s *verifier.Schema) []tampering {
	// bump adds one to the first element of a tensor.
	bump := func(e *envelope.Envelope, t verifier.Tensor) {
		var unit fr.Element
		unit.SetBigInt(new(big.Int).Lsh(big.NewInt(1), uint(8*(verifier.Chunk-t.Bytes))))
		e.Values[t.First].Add(&e.Values[t.First], &unit)
	}
	return []tampering{
		{"another answer", func(e *envelope.Envelope) { bump(e, s.Tensors[len(s.Tensors)-1]) }},
		{"another input", func(e *envelope.Envelope) { bump(e, s.Tensors[0]) }},
		{"another context", func(e *envelope.Envelope) { e.Context[31] ^= 1 }},
		{"a value more", func(e *envelope.Envelope) { e.Values = append(e.Values, fr.Element{}) }},
		{"a bit of the proof", func(e *envelope.Envelope) { e.Proof[223] ^= 1 }},
	}
}

// revertName is the contract's reason.
func revertName(err error) string {
	var r *evm.Revert
	if errors.As(evm.Reason(err), &r) {
		return r.Name
	}
	return err.Error()
}

func argmax(xs []int64) int {
	best := 0
	for i, x := range xs {
		if x > xs[best] {
			best = i
		}
	}
	return best
}

func minimum(xs []float64) float64 {
	m := xs[0]
	for _, x := range xs {
		m = min(m, x)
	}
	return m
}

// picture draws a small gray image with block characters, two pixels high each, or gives "".
func picture(in map[string]*tensor.Float) string {
	if len(in) != 1 {
		return ""
	}
	for _, t := range in {
		n := len(t.Shape)
		if n < 2 || t.Shape[n-1] < 8 || t.Shape[n-1] > 64 || t.Shape.Size() != t.Shape[n-1]*t.Shape[n-2] {
			return ""
		}
		shades := []rune(" .:-=+*#%@")
		w := t.Shape[n-1]
		var b strings.Builder
		for y := 0; y+1 < t.Shape[n-2]; y += 2 {
			b.WriteString("                 ")
			for x := range w {
				v := (t.Data[y*w+x] + t.Data[(y+1)*w+x]) / 2
				b.WriteRune(shades[min(max(int(v*float64(len(shades))), 0), len(shades)-1)])
			}
			b.WriteByte('\n')
		}
		return strings.TrimRight(b.String(), "\n")
	}
	return ""
}
