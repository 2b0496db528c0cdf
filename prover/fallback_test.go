package prover_test

import (
	"errors"
	"math/rand"
	"testing"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/stretchr/testify/require"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/prover"
)

// broken cannot prove, before or after it has solved.
type broken struct {
	err   error
	solve bool
}

func (broken) Name() string { return "broken" }

func (b broken) Prove(j *prover.Job) (*groth16.Proof, error) {
	if b.solve {
		if _, _, err := j.Witness(); err != nil {
			return nil, err
		}
	}
	return nil, b.err
}

// keeper is a backend that keeps memory.
type keeper struct{ n int64 }

func (keeper) Name() string { return "keeper" }
func (keeper) Prove(*prover.Job) (*groth16.Proof, error) {
	return nil, errors.New("keeper proves nothing")
}
func (k keeper) Keeps() int64 { return k.n }

func TestFallback(t *testing.T) {
	errMachine, errProof := errors.New("no machine"), errors.New("no proof")
	rng := rand.New(rand.NewSource(8))
	m, err := circuits.NewModel(testprogram.Convnet(t, rng), circuits.Public, circuits.Public)
	require.NoError(t, err)
	p := newProver(t, m)
	in := testprogram.Inputs(rng, m.Program)
	cpu := p.Backend
	keeps := func(n int64) prover.Backend { return keeper{n} }
	require.EqualValues(t, 5, (&prover.Fallback{First: keeps(2), Then: keeps(3)}).Keeps())
	require.EqualValues(t, 3, (&prover.Fallback{First: broken{}, Then: keeps(3)}).Keeps())
	for _, solve := range []bool{false, true} {
		var heard []error
		p.Backend = &prover.Fallback{First: broken{errMachine, solve}, Then: cpu, Say: func(err error) { heard = append(heard, err) },
			Unusable: func(err error) bool { return errors.Is(err, errMachine) }}
		_, err = p.Prove([32]byte{}, in, nil)
		require.NoError(t, err)
		require.Equal(t, []error{errMachine}, heard)
		require.Equal(t, "broken or cpu", p.Backend.Name())
		require.NoError(t, p.Backend.(prover.Releaser).Release(p.PK))

		p.Backend.(*prover.Fallback).First = broken{errProof, solve}
		_, err = p.Prove([32]byte{}, in, nil)
		require.ErrorIs(t, err, errProof, "an error of another kind is not for the second backend")
		require.Len(t, heard, 1)
	}
}
