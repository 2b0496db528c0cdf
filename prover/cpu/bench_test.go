package cpu_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/stretchr/testify/require"

	"assay/circuits"
	"assay/compile"
	"assay/input"
	"assay/models"
	"assay/pipeline"
	"assay/prover"
	"assay/prover/cpu"
)

// plain is gnark's prover. Its time is that of gnark's Prove: what the challenge costs before is not counted, nor the
// tables of its transforms.
type plain struct {
	b  *testing.B
	pk *groth16.ProvingKey
}

func (plain) Name() string { return "gnark" }

func (p plain) Prove(j *prover.Job) (*groth16.Proof, error) {
	p.b.StopTimer()
	w, opts, err := j.Witness()
	if err != nil {
		return nil, err
	}
	p.b.StartTimer()
	return groth16.Prove(j.R1CS, p.pk, w, opts...)
}

// BenchmarkProve proves an inference of LeNet-5, from its evaluation to the verified proof, beside gnark's Prove.
func BenchmarkProve(b *testing.B) {
	model, err := models.Get("lenet5")
	require.NoError(b, err)
	c, err := pipeline.Quantize(pipeline.Request{Name: "lenet5", ONNX: model.ONNX, InputVisibility: circuits.Public,
		Samples: func([]input.Spec) ([]compile.Sample, error) { return model.Calibration, nil }}, nil)
	require.NoError(b, err)
	files, err := c.Build(b.TempDir(), nil)
	require.NoError(b, err)
	require.NoError(b, pipeline.SetupInsecure(files, nil))
	p, err := pipeline.Prover(files, nil, nil)
	require.NoError(b, err)
	in, _, err := compile.Quantize(p.Model.Program, model.Samples[0].Inputs)
	require.NoError(b, err)
	tables := *p.PK
	tables.Domain = *fft.NewDomain(p.PK.Domain.Cardinality)
	for _, c := range []struct {
		name    string
		backend func(*testing.B) prover.Backend
	}{
		{"assay", func(*testing.B) prover.Backend { return cpu.New(cpu.Options{}) }},
		{"assay with tables", func(*testing.B) prover.Backend { return cpu.New(cpu.Options{Tables: 128 << 20}) }},
		{"gnark", func(b *testing.B) prover.Backend { return plain{b, &tables} }},
	} {
		b.Run(c.name, func(b *testing.B) {
			p.Backend = c.backend(b)
			for range 2 {
				_, err := p.Prove([32]byte{}, in, nil)
				require.NoError(b, err)
			}
			b.ResetTimer()
			for range b.N {
				_, err := p.Prove([32]byte{}, in, nil)
				require.NoError(b, err)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(p.R1CS.GetNbConstraints()), "µs/constraint")
		})
	}
}
