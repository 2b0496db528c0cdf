package cost

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"time"

	"assay/circuits"
	"assay/internal/machine"
	"assay/internal/resident"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/prover"
	"assay/prover/digest"
	"assay/prover/key"
	"assay/verifier"
)

// Sample is what one specimen took.
type Sample struct {
	Specimen  Specimen `json:"specimen"`
	Size      Size     `json:"size"`
	Setup     float64  `json:"setup_s"`
	Prove     float64  `json:"prove_s"` // median of a warm prover
	SetupPeak float64  `json:"setup_peak_bytes"`
	Synthesis float64  `json:"synthesis_peak_bytes"` // of making the constraint system before a proof
	ProvePeak float64  `json:"prove_peak_bytes"`     // of one proof after that
	Key       float64  `json:"key_bytes"`
}

// Peak is the memory of a process that proves once.
func (s *Sample) Peak() float64 { return max(s.Synthesis, s.ProvePeak) }

// With is the sample of both halves of a measurement: s of the setup, and proof.
func (s *Sample) With(proof *Sample) *Sample {
	out := *s
	out.Prove, out.Synthesis, out.ProvePeak = proof.Prove, proof.Synthesis, proof.ProvePeak
	return &out
}

// Median is of each figure the median of an odd number of measurements of one specimen.
func Median(of []Sample) Sample {
	out := of[0]
	for _, figure := range []func(*Sample) *float64{
		func(s *Sample) *float64 { return &s.Setup },
		func(s *Sample) *float64 { return &s.Prove },
		func(s *Sample) *float64 { return &s.SetupPeak },
		func(s *Sample) *float64 { return &s.Synthesis },
		func(s *Sample) *float64 { return &s.ProvePeak },
		func(s *Sample) *float64 { return &s.Key },
	} {
		var all []float64
		for i := range of {
			all = append(all, *figure(&of[i]))
		}
		slices.Sort(all)
		*figure(&out) = all[len(all)/2]
	}
	return out
}

// What the two halves of a measurement share, in the folder that they are given.
const (
	programFile   = "program.json"
	provingFile   = "proving.key"
	verifyingFile = "verifying_key.json"
)

// MeasureSetup sets a specimen up into folder dir, in a process of its own. As for a bundle, that includes making the
// constraint system and its digest, and a key that is hashed and on the disk.
func (s Specimen) MeasureSetup(dir string) (*Sample, error) {
	m, err := s.model(dir)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	r, err := prover.Compile(m)
	if err != nil {
		return nil, err
	}
	if _, err := digest.Of(r); err != nil {
		return nil, err
	}
	resident.Shed() // as a bundle does before its keys are made
	out := &Sample{Specimen: s}
	file, err := os.Create(filepath.Join(dir, provingFile))
	if err != nil {
		return nil, fmt.Errorf("measure setup: %w", err)
	}
	defer file.Close()
	w := bufio.NewWriterSize(io.MultiWriter(file, sha256.New()), 1<<20)
	vk, schema, err := prover.SetupInsecureTo(m, r, w, nil)
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return nil, err
	}
	if err := file.Sync(); err != nil {
		return nil, fmt.Errorf("measure setup: %w", err)
	}
	out.Setup = time.Since(start).Seconds()
	raw, err := verifier.EncodeKey(vk, schema)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, verifyingFile), raw, 0o600); err != nil {
		return nil, fmt.Errorf("measure setup: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("measure setup: %w", err)
	}
	out.Key, out.SetupPeak = float64(info.Size()), float64(machine.Peak())
	out.Size, err = Of(m)
	return out, err
}

// enough seconds of proofs are made for a median.
const enough = 1

// MeasureProve proves a specimen with the keys in dir at least as often as runs says and for at least a second, in a process of its own.
func (s Specimen) MeasureProve(dir string, runs int, backend prover.Backend) (*Sample, error) {
	m, err := s.model(dir)
	if err != nil {
		return nil, err
	}
	r, err := prover.Compile(m)
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(filepath.Join(dir, verifyingFile))
	if err != nil {
		return nil, fmt.Errorf("measure prover: %w", err)
	}
	vk, schema, err := verifier.DecodeKey(raw)
	if err != nil {
		return nil, err
	}
	synthesis := machine.Peak()
	resident.Shed() // as a bundle does before it opens its keys
	machine.ResetPeak()
	pk, err := key.Open(filepath.Join(dir, provingFile))
	if err != nil {
		return nil, err
	}
	defer pk.Close()
	p := &prover.Prover{Model: m, R1CS: r, PK: pk.Key, Mapping: pk, Key: vk, Schema: schema, Backend: backend}
	rng := rand.New(rand.NewSource(1))
	x := tensor.New[int64](m.Program.Tensors[0].Shape)
	var took []float64
	var peak int64
	for spent := 0.0; len(took) <= runs || spent < enough; {
		for i := range x.Data {
			x.Data[i] = rng.Int63n(256)
		}
		res, err := p.Prove([32]byte{}, []*tensor.Int{x}, nil)
		if err != nil {
			return nil, err
		}
		if took = append(took, res.Took.Seconds()); len(took) == 1 {
			peak = machine.Peak()
			continue // the first fills caches
		}
		spent += res.Took.Seconds()
	}
	took = took[1:]
	slices.Sort(took)
	n := len(took)
	return &Sample{Specimen: s, Prove: (took[(n-1)/2] + took[n/2]) / 2, Synthesis: float64(synthesis), ProvePeak: float64(peak)}, nil
}

// Write puts the program into folder dir, where the measurements read it, as a bundle's is read: without it, they make it in
// memory, however large it is.
func (s Specimen) Write(dir string) error {
	p, err := s.Program()
	if err != nil {
		return err
	}
	file, err := os.Create(filepath.Join(dir, programFile))
	if err != nil {
		return fmt.Errorf("write specimen: %w", err)
	}
	return errors.Join(p.Encode(file), file.Close())
}

// model opens the specimen.
func (s Specimen) model(dir string) (*circuits.Model, error) {
	raw, err := os.ReadFile(filepath.Join(dir, programFile))
	var p *program.Program
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p, err = s.Program()
	case err != nil:
		err = fmt.Errorf("read specimen: %w", err)
	default:
		if p, err = program.Decode(raw); err == nil {
			_, err = p.Hash()
		}
	}
	if err != nil {
		return nil, err
	}
	return circuits.NewModel(p, circuits.Public, circuits.Public)
}
