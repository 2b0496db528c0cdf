package pipeline_test

import (
	"context"
	"math"
	"math/rand"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/bundle"
	"assay/compile"
	"assay/input"
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/models"
	"assay/pipeline"
	"assay/prover"
	"assay/prover/cpu"
	"assay/verifier"
	"assay/verifier/evm/devnet"
)

// build compiles a model into a bundle with keys.
func build(t *testing.T, r pipeline.Request) (*bundle.Bundle, *pipeline.Compiled, *prover.Prover) {
	t.Helper()
	c, err := pipeline.Quantize(r, nil)
	require.NoError(t, err)
	b, err := c.Build(t.TempDir(), nil)
	require.NoError(t, err)
	require.NoError(t, pipeline.SetupInsecure(b, nil))
	b, err = bundle.Open(b.Dir)
	require.NoError(t, err)
	p, err := pipeline.Prover(b, cpu.New(cpu.Options{}), nil)
	require.NoError(t, err)
	return b, c, p
}

// settles proves inputs and verifies natively and on an EVM.
func settles(t *testing.T, p *prover.Prover, chain *devnet.Contract, ctx [32]byte, in []*tensor.Int) {
	t.Helper()
	res, err := p.Prove(ctx, in, nil)
	require.NoError(t, err)
	require.NoError(t, verifier.Verify(p.Key, p.Schema, res.Envelope, ctx))
	_, err = chain.Verify(context.Background(), res.Envelope)
	require.NoError(t, err)
}

func deploy(t *testing.T, p *prover.Prover) *devnet.Contract {
	t.Helper()
	chain, err := devnet.Start()
	require.NoError(t, err)
	t.Cleanup(func() { chain.Close() })
	c, err := chain.Deploy(context.Background(), p.Key)
	require.NoError(t, err)
	return c
}

// anywhere draws an input over the whole declared range: every one must be provable.
func anywhere(rng *rand.Rand, p *prover.Prover) []*tensor.Int {
	var in []*tensor.Int
	for _, id := range p.Model.Program.Inputs {
		d := p.Model.Program.Tensors[id]
		x := tensor.New[int64](d.Shape)
		for i := range x.Data {
			x.Data[i] = d.Range.Min + rng.Int63n(d.Range.Span()+1)
		}
		in = append(in, x)
	}
	return in
}

func TestBundledModelsSettle(t *testing.T) {
	for _, name := range models.Names() {
		t.Run(name, func(t *testing.T) {
			m, err := models.Get(name)
			require.NoError(t, err)
			b, c, p := build(t, pipeline.Request{Name: name, ONNX: m.ONNX,
				Samples: func([]input.Spec) ([]compile.Sample, error) { return m.Calibration, nil }})
			if name == "lenet5" {
				require.LessOrEqual(t, b.Manifest.Constraints, 4*b.Manifest.Nonlinear, "constraints a non-linear element")
			}
			require.Greater(t, c.Result.Report.HeldBack.Outputs[0].Cosine, 0.999)
			chain := deploy(t, p)
			right := 0
			const proven = 3
			for i, s := range m.Samples {
				ans, err := pipeline.Run(b, c.Graph, s.Inputs)
				require.NoError(t, err)
				for _, out := range ans.Integers {
					best := 0
					for j, v := range out.Data {
						if v > out.Data[best] {
							best = j
						}
					}
					if best == s.Label {
						right++
					}
				}
				if i < proven {
					settles(t, p, chain, [32]byte{byte(i)}, ans.Inputs)
				}
			}
			require.Greater(t, float64(right)/float64(len(m.Samples)), 0.85)
			rng := rand.New(rand.NewSource(1))
			settles(t, p, chain, [32]byte{}, anywhere(rng, p))
		})
	}
}

// Third parties' models of the kinds that people bring first compile, prove and settle, and stay close to what ONNX
// Runtime answers.
func TestPublicModelsSettle(t *testing.T) {
	if testing.Short() {
		t.Skip("proves five models")
	}
	for _, file := range []string{"ladder/mnist_cnn_ort8", "ladder/deepprove_cnn_cifar", "ladder/deepprove_mlp_iris", "ladder/agent_go1_policy", "dev/gravity_lenet_4_8_32"} {
		t.Run(file, func(t *testing.T) {
			raw, err := os.ReadFile(optest.Shared(t, "models", file+".onnx"))
			require.NoError(t, err)
			golden := optest.ReadGolden(t, optest.Shared(t, "models", file+".golden.json"))
			rng := rand.New(rand.NewSource(1))
			b, c, p := build(t, pipeline.Request{Name: strings.ReplaceAll(file, "/", "-"), ONNX: raw,
				Samples: func([]input.Spec) ([]compile.Sample, error) { return around(rng, golden.Inputs, 20), nil }})
			if strings.Contains(file, "mnist") {
				require.LessOrEqual(t, b.Manifest.Constraints, 4*b.Manifest.Nonlinear, "constraints a non-linear element")
			}
			ans, err := pipeline.Run(b, c.Graph, golden.Inputs)
			require.NoError(t, err)
			for name, want := range golden.Outputs {
				got := ans.Read[name]
				require.NotNil(t, got, name)
				require.Greater(t, cosine(got.Data, want.Data), 0.999, name)
			}
			chain := deploy(t, p)
			settles(t, p, chain, [32]byte{1}, ans.Inputs)
			settles(t, p, chain, [32]byte{2}, anywhere(rng, p))
		})
	}
}

// around gives the sample and n-1 variations of it: each element taken from the same sample, near its place in value.
func around(rng *rand.Rand, s compile.Sample, n int) []compile.Sample {
	out := []compile.Sample{s}
	for len(out) < n {
		v := compile.Sample{}
		for name, t := range s {
			x := tensor.New[float64](t.Shape)
			for i, e := range t.Data {
				x.Data[i] = e * (0.5 + rng.Float64())
			}
			v[name] = x
		}
		out = append(out, v)
	}
	return out
}

func cosine(a, b []float64) float64 {
	var aa, bb, ab float64
	for i := range a {
		aa += a[i] * a[i]
		bb += b[i] * b[i]
		ab += a[i] * b[i]
	}
	return ab / math.Sqrt(aa*bb)
}
