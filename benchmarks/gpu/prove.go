package main

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"assay/prover"
	"assay/prover/cpu"
	"assay/prover/gpu"
)

// Row is one model on both sides. Times are seconds of wall clock from an input to a verified proof.
type Row struct {
	Model       string  `json:"model"`
	Constraints int     `json:"constraints,omitempty"`
	Domain      uint64  `json:"domain,omitempty"`
	Compile     float64 `json:"compile_s,omitempty"` // from the model to the constraint system
	Setup       float64 `json:"setup_s,omitempty"`
	KeyBytes    uint64  `json:"device_key_bytes,omitempty"`  // copied by the first proof
	Copied      uint64  `json:"copied_bytes_each,omitempty"` // copied by each further one
	First       float64 `json:"gpu_first_prove_s,omitempty"` // with a cold device
	GPU         Side    `json:"gpu"`
	CPU         Side    `json:"cpu"`
	Faster      float64 `json:"cpu_over_gpu,omitempty"` // ratio of the medians
	Use         *Use    `json:"gpu_use,omitempty"`      // while the GPU's proofs were made
	Error       string  `json:"error,omitempty"`
}

// Side is what one backend took.
type Side struct {
	Prove  []float64 `json:"prove_all_s"`
	Median float64   `json:"prove_s"`
}

// measure proves a model on both sides, in turns.
func measure(name string, device prover.Releaser, runs int) *Row {
	row := &Row{Model: strings.TrimSuffix(filepath.Base(name), ".onnx")}
	if err := row.measure(name, device, runs); err != nil {
		row.Error = err.Error()
	}
	return row
}

func (row *Row) measure(name string, device prover.Releaser, runs int) (err error) {
	start := time.Now()
	m, in, err := load(name)
	if err != nil {
		return err
	}
	r, err := prover.Compile(m)
	if err != nil {
		return err
	}
	row.Constraints, row.Compile = r.GetNbConstraints(), time.Since(start).Seconds()
	start = time.Now()
	pk, key, schema, err := prover.SetupInsecure(m, r)
	if err != nil {
		return err
	}
	row.Setup = time.Since(start).Seconds()
	row.Domain, row.KeyBytes, row.Copied = pk.Domain.Cardinality, gpu.KeyBytes(pk), gpu.CopiedBytes(pk)

	p := &prover.Prover{Model: m, R1CS: r, PK: pk, Key: key, Schema: schema}
	processor := cpu.New(cpu.Options{})
	defer func() { err = errors.Join(err, device.Release(pk)) }()
	prove := func(b prover.Backend) (float64, error) {
		p.Backend = b
		res, err := p.Prove([32]byte{}, in, nil)
		if err != nil {
			return 0, err
		}
		return res.Took.Seconds(), nil
	}
	if row.First, err = prove(device); err != nil {
		return err
	}
	if _, err := prove(processor); err != nil {
		return err
	}
	s := startSampler()
	defer s.stop()
	for range runs {
		s.sample(true)
		t, err := prove(device)
		s.sample(false)
		if err != nil {
			return err
		}
		row.GPU.add(t)
		if t, err = prove(processor); err != nil {
			return err
		}
		row.CPU.add(t)
	}
	row.Faster = row.CPU.Median / row.GPU.Median
	row.Use = s.use()
	return nil
}

func (s *Side) add(t float64) {
	s.Prove = append(s.Prove, t)
	sorted := slices.Sorted(slices.Values(s.Prove))
	s.Median = (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
