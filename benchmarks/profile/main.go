// Command profile says what the time of a proof goes to: it proves each model by gnark's prover and by ours in turn,
// samples both, and shares the processor's time out among the stages of a proof by the functions that were running.
//
//	profile [-runs N] MODEL|FILE.onnx ... > benchmarks/results/profile.json
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"slices"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/google/pprof/profile"

	"assay/benchmarks"
	"assay/bundle"
	"assay/compile"
	"assay/pipeline"
	"assay/prover"
	"assay/prover/cpu"
	"assay/verifier"
)

func main() {
	runs := flag.Int("runs", 9, "proofs by each prover")
	flag.Parse()
	if err := run(flag.Args(), *runs); err != nil {
		fmt.Fprintln(os.Stderr, "profile:", err)
		os.Exit(1)
	}
}

func run(names []string, runs int) error {
	out := benchmarks.Profile{Machine: benchmarks.ThisMachine(), Runs: runs}
	for _, name := range names {
		m, err := measure(name, runs)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		out.Models = append(out.Models, *m)
	}
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

// plain is gnark's prover over our keys. It keeps how long gnark's Prove alone took.
type plain struct {
	pk   *groth16.ProvingKey
	took time.Duration
}

func (*plain) Name() string { return "gnark" }

func (p *plain) Prove(j *prover.Job) (*groth16.Proof, error) {
	w, opts, err := j.Witness()
	if err != nil {
		return nil, err
	}
	start := time.Now()
	defer func() { p.took = time.Since(start) }()
	return groth16.Prove(j.R1CS, p.pk, w, opts...)
}

func measure(name string, runs int) (_ *benchmarks.ProfiledModel, err error) {
	req, err := benchmarks.Request(name)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "assay-profile-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	c, err := pipeline.Quantize(req, nil)
	if err != nil {
		return nil, err
	}
	b, err := c.Build(dir, nil)
	if err != nil {
		return nil, err
	}
	out := &benchmarks.ProfiledModel{Model: req.Name, Constraints: c.Summary.Constraints}
	if out.Setup, err = setups(b); err != nil {
		return nil, err
	}
	p, err := pipeline.Prover(b, nil, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	samples, err := req.Samples(c.Specs)
	if err != nil {
		return nil, err
	}
	in, _, err := compile.Quantize(b.Model.Program, samples[0])
	if err != nil {
		return nil, err
	}
	withTables := *p.PK // gnark's transforms read tables that our keys do not hold
	withTables.Domain = *fft.NewDomain(p.PK.Domain.Cardinality)
	gnark := &plain{pk: &withTables}
	tables := cpu.New(cpu.Options{Tables: 256 << 20})
	sides := []struct {
		of      *benchmarks.Profiled
		backend prover.Backend
	}{{&out.Gnark, gnark}, {&out.Assay, cpu.New(cpu.Options{})}, {&out.Tables, tables}}
	times := make([][]float64, len(sides))
	samplesOf := make([][]*profile.Profile, len(sides))
	for i := range runs + 2 { // the first two warm up
		for j, s := range sides {
			p.Backend = s.backend
			var buf bytes.Buffer
			if err := pprof.StartCPUProfile(&buf); err != nil {
				return nil, err
			}
			res, err := p.Prove([32]byte{}, in, nil)
			pprof.StopCPUProfile()
			if err != nil {
				return nil, err
			}
			if i < 2 {
				continue
			}
			took := res.Took.Seconds()
			if s.backend == gnark {
				took = gnark.took.Seconds()
			}
			times[j] = append(times[j], took)
			prof, err := profile.Parse(&buf)
			if err != nil {
				return nil, fmt.Errorf("read profile: %w", err)
			}
			samplesOf[j] = append(samplesOf[j], prof)
		}
	}
	for j, s := range sides {
		slices.Sort(times[j])
		s.of.Prove = times[j][len(times[j])/2]
		s.of.Stages = share(samplesOf[j], runs)
	}
	return out, nil
}

// setups times gnark's setup beside ours, of the same constraint system; ours writes the bundle's keys.
func setups(b *bundle.Bundle) (s benchmarks.ProfiledSetup, err error) {
	r, err := b.System()
	if err != nil {
		return s, err
	}
	start := time.Now()
	if err := b.MakeKeys(func(proving io.Writer) (*verifier.Key, *verifier.Schema, error) {
		return prover.SetupInsecureTo(b.Model, r, proving, nil)
	}); err != nil {
		return s, err
	}
	s.Assay = time.Since(start).Seconds()
	if r.GetNbConstraints() > 300_000 {
		return s, nil // gnark's would take many minutes
	}
	var pk groth16.ProvingKey
	var vk groth16.VerifyingKey
	start = time.Now()
	if err := groth16.Setup(r, &pk, &vk); err != nil {
		return s, err
	}
	s.Gnark = time.Since(start).Seconds()
	return s, nil
}
