package main

import (
	"context"
	"encoding/hex"
	"errors"
	"sync"

	"assay/bundle"
	"assay/compile"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/pipeline"
	"assay/prover"
	"assay/service/job"
	"assay/service/oip"
	"assay/verifier"
	"assay/verifier/envelope"
	"assay/verifier/evm"
)

// served is a bundle as the service sees a model.
type served struct {
	bundle   *bundle.Bundle
	prover   *prover.Prover
	metadata job.Metadata
	mu       sync.Mutex // one proof at a time: a proof uses every core
}

var _ job.Model = (*served)(nil)

func newServed(b *bundle.Bundle, backend prover.Backend, progress pipeline.Progress) (*served, error) {
	p, err := pipeline.Prover(b, backend, progress)
	if err != nil {
		return nil, err
	}
	s := &served{bundle: b, prover: p}
	id := p.Key.ID()
	s.metadata = job.Metadata{ProgramHash: "0x" + b.Manifest.Program.String(), KeyID: "0x" + hex.EncodeToString(id[:]), Setup: string(p.Key.Setup())}
	spec := func(name string, d tensor.DType, shape tensor.Shape) (oip.Spec, error) {
		t, err := oip.Of(d)
		return oip.Spec{Name: name, Datatype: t, Shape: shape}, err
	}
	for _, in := range b.Manifest.Inputs {
		sp, err := spec(in.Name, in.DType, in.Shape)
		if err != nil {
			return nil, err
		}
		s.metadata.Inputs = append(s.metadata.Inputs, sp)
	}
	for _, id := range s.program().Outputs {
		t := s.program().Tensors[id]
		sp, err := spec(t.Name, tensor.Float32, t.Shape)
		if err != nil {
			return nil, err
		}
		s.metadata.Outputs = append(s.metadata.Outputs, sp)
	}
	return s, nil
}

// Name implements job.Model.
func (s *served) Name() string { return s.bundle.Manifest.Name }

// Metadata implements job.Model.
func (s *served) Metadata() job.Metadata { return s.metadata }

func (s *served) program() *program.Program { return s.bundle.Model.Program }

// Infer implements job.Model.
func (s *served) Infer(_ context.Context, inputs map[string]*tensor.Float) (map[string]*tensor.Float, error) {
	q, _, err := s.bundle.Quantize(inputs)
	if err != nil {
		return nil, err
	}
	t, err := s.program().Run(q)
	if err != nil {
		return nil, err
	}
	return compile.Dequantize(s.program(), s.program().OutputsOf(t)), nil
}

// Prove implements job.Model.
func (s *served) Prove(ctx context.Context, inputs map[string]*tensor.Float, bind [32]byte, progress func(string)) ([]byte, error) {
	q, _, err := s.bundle.Quantize(inputs)
	if err != nil {
		return nil, job.Errorf(job.CodeInvalidInput, "%v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := s.prover.Prove(bind, q, progress)
	if err != nil {
		return nil, err
	}
	return r.Envelope.Encode()
}

// Calldata implements job.Model.
func (s *served) Calldata(raw []byte) ([]byte, error) {
	e, err := envelope.Decode(raw)
	if err != nil {
		return nil, err
	}
	return evm.Calldata(e)
}

// Verify implements job.Model.
func (s *served) Verify(raw []byte, bind [32]byte) error {
	e, err := envelope.Decode(raw)
	if err != nil {
		return err
	}
	return verifier.Verify(s.prover.Key, s.prover.Schema, e, bind)
}

// Decode implements job.Model.
func (s *served) Decode(raw []byte) (job.Statement, error) {
	e, err := envelope.Decode(raw)
	if err != nil {
		return job.Statement{}, err
	}
	data, err := s.prover.Schema.Unpack(e.Values)
	if err != nil {
		return job.Statement{}, err
	}
	var st job.Statement
	for i, t := range s.prover.Schema.Tensors {
		if t.Visibility != verifier.Public {
			continue
		}
		x := tensor.New[float64](t.Shape)
		for j, q := range data[i].Elements {
			x.Data[j] = float64(q) * t.Scale
		}
		switch t.Role {
		case verifier.Input:
			if st.Inputs == nil {
				st.Inputs = map[string]*tensor.Float{}
			}
			st.Inputs[t.Name] = x
		case verifier.Output:
			if st.Outputs == nil {
				st.Outputs = map[string]*tensor.Float{}
			}
			st.Outputs[t.Name] = x
		default:
			return job.Statement{}, errors.New("decode envelope: tensor " + t.Name + ": unknown role " + string(t.Role))
		}
	}
	return st, nil
}
