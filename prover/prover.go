package prover

import (
	"fmt"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"assay/circuits"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/prover/key"
	"assay/verifier"
	"assay/verifier/envelope"
	"assay/verifier/fromgnark"
)

// Prover proves inferences of one model. It is safe for use by one goroutine at a time.
type Prover struct {
	Model   *circuits.Model
	R1CS    *cs.R1CS
	PK      *groth16.ProvingKey
	Mapping *key.File // that PK lies in; nil if PK is in memory
	Key     *verifier.Key
	Schema  *verifier.Schema
	Backend Backend
	Alone   bool // whether ProveAll works on one input at a time, where memory does not hold the evaluation of a second

	solves *solves
}

// Stages of a proof, in order, as Prove reports them.
const (
	StageEvaluate = "evaluate"
	StageCommit   = "commit"
	StageProve    = "prove"
	StageVerify   = "verify"
)

// Result is a proven inference.
type Result struct {
	Envelope *envelope.Envelope
	Outputs  []*tensor.Int
	Salts    []fr.Element // of the committed tensors, in the order of the schema: they open the digests
	Took     time.Duration
}

// Prove evaluates the program on inputs, proves the evaluation bound to ctx, and verifies the proof. progress may
// be nil.
func (p *Prover) Prove(ctx [32]byte, inputs []*tensor.Int, progress func(stage string)) (*Result, error) {
	if progress == nil {
		progress = func(string) {}
	}
	p.share()
	start := time.Now()
	progress(StageEvaluate)
	trace, err := p.Model.Program.Run(inputs)
	if err != nil {
		return nil, err
	}
	advice, err := p.Model.Advice(trace)
	if err != nil {
		return nil, fmt.Errorf("trace circuit: %w", err)
	}
	values, salts, err := p.values(trace)
	if err != nil {
		return nil, err
	}
	h := verifier.H(p.Key.ID(), ctx, values)

	progress(StageCommit)
	j := &Job{R1CS: p.R1CS, PK: p.PK, prover: p, h: h, values: values, salts: salts, advice: advice,
		committed: func() { progress(StageProve) }}
	proof, err := j.prove(p.Backend)
	if err != nil {
		return nil, fmt.Errorf("prove on %s: %w", p.Backend.Name(), err)
	}

	progress(StageVerify)
	e, err := p.envelope(ctx, values, proof)
	if err != nil {
		return nil, err
	}
	if err := verifier.Verify(p.Key, p.Schema, e, ctx); err != nil {
		return nil, fmt.Errorf("verify own proof: %w", err)
	}
	return &Result{Envelope: e, Outputs: p.Model.Program.OutputsOf(trace), Salts: salts, Took: time.Since(start)}, nil
}

// values are the public values of a trace, with a fresh salt for each committed tensor.
func (p *Prover) values(t program.Trace) (values, salts []fr.Element, err error) {
	for _, l := range p.Model.Layouts {
		words := make([]fr.Element, l.Words)
		for i, w := range l.Pack(t[l.Tensor].Data) {
			words[i].SetBigInt(w)
		}
		if l.Visibility == circuits.Public {
			values = append(values, words...)
			continue
		}
		var salt fr.Element
		if _, err := salt.SetRandom(); err != nil {
			return nil, nil, fmt.Errorf("draw salt: %w", err)
		}
		salts = append(salts, salt)
		values = append(values, Digest(salt, words))
	}
	return values, salts, nil
}

// Digest is the Poseidon2 Merkle-Damgård hash of salt and words: the value of a committed tensor.
func Digest(salt fr.Element, words []fr.Element) fr.Element {
	h := poseidon2.NewMerkleDamgardHasher()
	for _, w := range append([]fr.Element{salt}, words...) {
		b := w.Bytes()
		h.Write(b[:])
	}
	var d fr.Element
	d.SetBytes(h.Sum(nil))
	return d
}

func (p *Prover) witness(h, sum fr.Element, salts []fr.Element) (witness.Witness, error) {
	a := p.Model.Circuit()
	a.H, a.P = h, sum
	for i := range a.Salt {
		a.Salt[i] = salts[i]
	}
	w, err := frontend.NewWitness(a, ecc.BN254.ScalarField())
	if err != nil {
		return nil, fmt.Errorf("make witness: %w", err)
	}
	return w, nil
}

func (p *Prover) envelope(ctx [32]byte, values []fr.Element, proof *groth16.Proof) (*envelope.Envelope, error) {
	b, err := fromgnark.Proof(proof)
	if err != nil {
		return nil, err
	}
	tensors, err := p.Schema.Describe(values)
	if err != nil {
		return nil, fmt.Errorf("describe values: %w", err)
	}
	return &envelope.Envelope{Program: p.Key.Program, Key: p.Key.ID(), Setup: p.Key.Setup(), Context: ctx,
		Values: values, Proof: b, Tensors: tensors}, nil
}
