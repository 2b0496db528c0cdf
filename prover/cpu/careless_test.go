package cpu

import (
	"math/rand"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/stretchr/testify/require"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/prover"
	keyfile "assay/prover/key"
	"assay/verifier"
)

// careless proves a solution after it was changed, without asking whether it satisfies the system.
type careless struct {
	*Backend
	change func(w []fr.Element)

	mu    sync.Mutex
	rests []keyfile.Section // what it let rest
}

func (c *careless) rest(sections ...keyfile.Section) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rests = append(c.rests, sections...)
}

func (c *careless) Prove(j *prover.Job) (*groth16.Proof, error) {
	k, err := newKey(j.PK, j.R1CS, c.rest)
	if err != nil {
		return nil, err
	}
	p := &proof{engine: c.engine, key: k, rest: c.rest}
	s, err := j.Solve(p.commit)
	if err != nil {
		return nil, err
	}
	c.change(s.W)
	i := 0
	it := j.R1CS.GetR1CIterator()
	for r := it.Next(); r != nil; r = it.Next() {
		s.A[i], s.B[i], s.C[i] = side(j.R1CS, r.L, s.W), side(j.R1CS, r.R, s.W), side(j.R1CS, r.O, s.W)
		i++
	}
	return p.prove(s)
}

func rested(...keyfile.Section) {}

func side(r *cs.R1CS, l constraint.LinearExpression, w []fr.Element) (v fr.Element) {
	for _, t := range l {
		x := r.Coefficients[t.CoeffID()]
		x.Mul(&x, &w[t.WireID()])
		v.Add(&v, &x)
	}
	return v
}

// The proof itself refuses a solution that satisfies all constraints but some: no check of the prover's stands before it.
func TestUnsatisfiedSolutionProvesNothing(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	program := testprogram.Convnet(t, rng)
	m, err := circuits.NewModel(program, circuits.Public, circuits.Public)
	require.NoError(t, err)
	r, err := prover.Compile(m)
	require.NoError(t, err)
	pk, key, schema, err := prover.SetupInsecure(m, r)
	require.NoError(t, err)
	prove := func(change func([]fr.Element)) error {
		c := &careless{Backend: New(Options{}), change: change}
		p := &prover.Prover{Model: m, R1CS: r, PK: pk, Key: key, Schema: schema, Backend: c}
		_, err := p.Prove([32]byte{}, testprogram.Inputs(rng, program), nil)
		require.ElementsMatch(t, append(keyfile.Points(), keyfile.Points()...), c.rests, "each section rests when the key was read, and after its sum")
		return err
	}
	require.NoError(t, prove(func([]fr.Element) {}), "the solution as it is")
	one := fr.One()
	for range 8 {
		i := 1 + rng.Intn(r.GetNbPublicVariables()+r.GetNbSecretVariables()+r.NbInternalVariables-1)
		require.ErrorIs(t, prove(func(w []fr.Element) { w[i].Add(&w[i], &one) }), verifier.ErrPairing, "wire %d plus one", i)
	}
}

func TestKeyOfAnotherSystem(t *testing.T) {
	var pks []*groth16.ProvingKey
	var systems []*cs.R1CS
	for _, p := range []func() *circuits.Model{
		func() *circuits.Model {
			m, err := circuits.NewModel(testprogram.Arithmetic(t), circuits.Public, circuits.Public)
			require.NoError(t, err)
			return m
		},
		func() *circuits.Model {
			m, err := circuits.NewModel(testprogram.Convnet(t, rand.New(rand.NewSource(4))), circuits.Public, circuits.Public)
			require.NoError(t, err)
			return m
		},
	} {
		m := p()
		r, err := prover.Compile(m)
		require.NoError(t, err)
		pk, _, _, err := prover.SetupInsecure(m, r)
		require.NoError(t, err)
		pks, systems = append(pks, pk), append(systems, r)
	}
	_, err := newKey(pks[0], systems[0], rested)
	require.NoError(t, err)
	_, err = newKey(pks[0], systems[1], rested)
	require.ErrorContains(t, err, "points of A")
	for _, cut := range []struct {
		name string
		of   func(*groth16.ProvingKey)
	}{
		{"points of K", func(k *groth16.ProvingKey) { k.G1.K = k.G1.K[1:] }},
		{"points of Z", func(k *groth16.ProvingKey) { k.G1.Z = k.G1.Z[1:] }},
		{"points of B in G2", func(k *groth16.ProvingKey) { k.G2.B = k.G2.B[1:] }},
		{"one commitment", func(k *groth16.ProvingKey) { k.CommitmentKeys = nil }},
	} {
		pk := *pks[0]
		cut.of(&pk)
		_, err := newKey(&pk, systems[0], rested)
		require.ErrorContains(t, err, cut.name)
	}
}
