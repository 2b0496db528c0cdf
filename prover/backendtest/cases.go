package backendtest

import (
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/circuits"
	"assay/compile"
	"assay/input"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/models"
	"assay/pipeline"
	"assay/prover"
)

// testCase is a circuit with fresh development keys.
type testCase struct {
	name   string
	slow   bool
	prover func(testing.TB, prover.Backend) *prover.Prover
	inputs func(testing.TB, *prover.Prover, *rand.Rand) []*tensor.Int
}

var (
	convnet    = ofProgram("convnet", circuits.Public, circuits.Public, net(4))
	stranger   = ofProgram("convnet of other weights", circuits.Public, circuits.Public, net(5))
	arithmetic = ofProgram("arithmetic", circuits.Committed, circuits.Public, testprogram.Arithmetic)
)

// cases are small circuits of each visibility, and the bundled models by way of their files.
var cases = []testCase{
	convnet,
	arithmetic,
	ofProgram("convnet committed", circuits.Committed, circuits.Committed, net(6)),
	ofProgram("one element", circuits.Public, circuits.Public, oneElement),
	bundled("cancer", circuits.Public, false),
	bundled("cancer", circuits.Committed, false),
	bundled("lenet5", circuits.Public, true),
}

func net(seed int64) func(testing.TB) *program.Program {
	return func(t testing.TB) *program.Program { return testprogram.Convnet(t, rand.New(rand.NewSource(seed))) }
}

// oneElement squares one small number: as few wires as a circuit can have.
func oneElement(t testing.TB) *program.Program {
	b := testprogram.New(t, "one")
	x := b.Input(tensor.Shape{1}, 0, 3)
	return b.Done(b.Add(&program.Product{A: x, B: x}))
}

func ofProgram(name string, in, out circuits.Visibility, make func(testing.TB) *program.Program) testCase {
	return testCase{
		name: name,
		prover: func(t testing.TB, b prover.Backend) *prover.Prover {
			m, err := circuits.NewModel(make(t), in, out)
			require.NoError(t, err)
			r, err := prover.Compile(m)
			require.NoError(t, err)
			pk, key, schema, err := prover.SetupInsecure(m, r)
			require.NoError(t, err)
			return &prover.Prover{Model: m, R1CS: r, PK: pk, Key: key, Schema: schema, Backend: b}
		},
		inputs: func(_ testing.TB, p *prover.Prover, rng *rand.Rand) []*tensor.Int {
			return testprogram.Inputs(rng, p.Model.Program)
		},
	}
}

// bundled is a bundled model whose system and keys went through files.
func bundled(name string, in circuits.Visibility, slow bool) testCase {
	return testCase{
		name: name + " " + string(in),
		slow: slow,
		prover: func(t testing.TB, b prover.Backend) *prover.Prover {
			m, err := models.Get(name)
			require.NoError(t, err)
			c, err := pipeline.Quantize(pipeline.Request{Name: name, ONNX: m.ONNX, InputVisibility: in,
				Samples: func([]input.Spec) ([]compile.Sample, error) { return m.Calibration, nil }}, nil)
			require.NoError(t, err)
			files, err := c.Build(t.TempDir(), nil)
			require.NoError(t, err)
			require.NoError(t, pipeline.SetupInsecure(files, nil))
			p, err := pipeline.Prover(files, b, nil)
			require.NoError(t, err)
			return p
		},
		inputs: func(t testing.TB, p *prover.Prover, rng *rand.Rand) []*tensor.Int {
			m, err := models.Get(name)
			require.NoError(t, err)
			q, _, err := compile.Quantize(p.Model.Program, m.Samples[rng.Intn(len(m.Samples))].Inputs)
			require.NoError(t, err)
			return q
		},
	}
}
