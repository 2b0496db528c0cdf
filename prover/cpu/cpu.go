// Package cpu proves with Groth16 over BN254 on the processor, with gnark's keys. Its proofs are those of gnark's
// prover: only the way to them differs. See Backend.
package cpu

import (
	"fmt"
	"sync"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"assay/prover"
	keyfile "assay/prover/key"
	"assay/prover/msm"
)

// Options say what a backend may use.
type Options struct {
	Threads int   // that compute at a time; 0: one for each processor
	Tables  int64 // bytes for multiples of the keys' points, which later proofs use; 0: none
}

// Backend is a Groth16 prover with one commitment. A proof takes one solution of the constraint system, six transforms
// in place of seven (package ntt), and seven multi-exponentiations that fit the sizes of the scalars (package msm).
// Proofs run one at a time, for each uses every thread. A section of a key that is mapped from a file takes memory while its
// sum or its table is made, where the system takes advice to let it go.
//
// With Options.Tables it keeps multiples of a key's points: those whose scalars were full in the key's first proof, made
// when a second proof begins. That takes about ten times as long as the proof would have, and makes all that follow
// faster. Keys share the bytes, first come, first served, until Release.
type Backend struct {
	engine *msm.Engine
	keeps  int64 // bytes for tables
	tables int64 // of them that are left

	mu   sync.Mutex // held while proving
	keys map[*groth16.ProvingKey]*key
}

var (
	_ prover.Releaser = (*Backend)(nil)
	_ prover.Keeper   = (*Backend)(nil)
)

// New makes a backend.
func New(o Options) *Backend {
	return &Backend{engine: msm.New(o.Threads), keeps: o.Tables, tables: o.Tables, keys: map[*groth16.ProvingKey]*key{}}
}

// Name implements prover.Backend.
func (b *Backend) Name() string { return "cpu" }

// Keeps implements prover.Keeper: what tables may take.
func (b *Backend) Keeps() int64 { return b.keeps }

// Release implements prover.Releaser.
func (b *Backend) Release(pk *groth16.ProvingKey) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.drop(pk)
	return nil
}

// Prove implements prover.Backend.
func (b *Backend) Prove(j *prover.Job) (*groth16.Proof, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	k := b.keys[j.PK]
	if k == nil || k.r1cs != j.R1CS {
		var err error
		if k, err = newKey(j.PK, j.R1CS, j.Rest); err != nil {
			return nil, fmt.Errorf("read proving key: %w", err)
		}
		b.drop(j.PK)
		b.keys[j.PK] = k
	}
	if n := k.tabulate(b.engine, b.tables); n > 0 {
		b.tables -= n
		j.Rest(keyfile.Points()...)
	}
	p := &proof{engine: b.engine, key: k, rest: j.Rest, tables: b.tables > 0}
	s, err := j.Solve(p.commit)
	if err != nil {
		return nil, err
	}
	return p.prove(s)
}

func (b *Backend) drop(pk *groth16.ProvingKey) {
	if k := b.keys[pk]; k != nil {
		b.tables += k.bytes
		delete(b.keys, pk)
	}
}
