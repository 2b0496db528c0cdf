package setup_test

import (
	"testing"
	"time"

	"assay/circuits"
	"assay/compile"
	"assay/input"
	"assay/models"
	"assay/pipeline"
	"assay/prover"
	"assay/prover/key"
	"assay/prover/setup"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/stretchr/testify/require"
)

// lenet is the constraint system of the bundled LeNet-5.
func lenet(b *testing.B) *cs.R1CS {
	m, err := models.Get("lenet5")
	require.NoError(b, err)
	c, err := pipeline.Quantize(pipeline.Request{Name: m.Name, ONNX: m.ONNX, Samples: func([]input.Spec) ([]compile.Sample, error) { return m.Calibration, nil }}, nil)
	require.NoError(b, err)
	model, err := circuits.NewModel(c.Result.Program, circuits.Public, circuits.Public)
	require.NoError(b, err)
	r, err := prover.Compile(model)
	require.NoError(b, err)
	return r
}

// nowhere takes a key and keeps nothing.
type nowhere struct{ bytes int }

func (n *nowhere) Write(p []byte) (int, error) {
	n.bytes += len(p)
	return len(p), nil
}

// BenchmarkSetup alternates gnark's setup with ours of the same system, and reports microseconds a constraint and the
// ratio.
func BenchmarkSetup(b *testing.B) {
	r := lenet(b)
	var gnark, ours time.Duration
	size := 0
	for b.Loop() {
		start := time.Now()
		require.NoError(b, groth16.Setup(r, new(groth16.ProvingKey), new(groth16.VerifyingKey)))
		gnark += time.Since(start)
		var to nowhere
		start = time.Now()
		_, err := setup.Run(r, key.NewWriter(&to), nil)
		require.NoError(b, err)
		ours += time.Since(start)
		size = to.bytes
	}
	n := float64(b.N) * float64(r.GetNbConstraints())
	b.ReportMetric(float64(gnark.Microseconds())/n, "gnark-µs/constraint")
	b.ReportMetric(float64(ours.Microseconds())/n, "µs/constraint")
	b.ReportMetric(float64(gnark)/float64(ours), "ratio")
	b.ReportMetric(float64(size)/float64(r.GetNbConstraints()), "key-B/constraint")
}
