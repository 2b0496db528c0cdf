package prover

import (
	"math/rand"
	"slices"
	"testing"

	"assay/circuits"
	"assay/circuits/gadget"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/verifier"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/stretchr/testify/require"
)

// forger proves with advice and values of its own choice, at the real challenge of its own commitment.
type forger struct {
	*Prover
	rng *rand.Rand
}

func newForger(t *testing.T, v circuits.Visibility) *forger {
	rng := rand.New(rand.NewSource(8))
	return newForgerOf(t, rng, testprogram.Convnet(t, rng), v)
}

func newForgerOf(t *testing.T, rng *rand.Rand, p *program.Program, v circuits.Visibility) *forger {
	m, err := circuits.NewModel(p, v, v)
	require.NoError(t, err)
	r, err := Compile(m)
	require.NoError(t, err)
	pk, key, schema, err := SetupInsecure(m, r)
	require.NoError(t, err)
	return &forger{&Prover{Model: m, R1CS: r, PK: pk, Key: key, Schema: schema}, rng}
}

func (f *forger) trace(t *testing.T) program.Trace {
	tr, err := f.Model.Program.Run(testprogram.Inputs(f.rng, f.Model.Program))
	require.NoError(t, err)
	return tr
}

func (f *forger) advice(t *testing.T, tr program.Trace) gadget.Advice {
	a, err := f.Model.Advice(tr)
	require.NoError(t, err)
	return a
}

// prove makes a proof with advice for the claimed values. The second public input is that of the values, as the
// verifier computes it.
func (f *forger) prove(advice gadget.Advice, values, salts []fr.Element) error {
	h := verifier.H(f.Key.ID(), [32]byte{}, values)
	w, err := f.witness(h, fr.Element{}, salts)
	if err != nil {
		return err
	}
	rho, fixed, err := challenge(f.R1CS, f.PK, w, h, advice.Solve())
	if err != nil {
		return err
	}
	if w, err = f.witness(h, verifier.Evaluate(rho, values), salts); err != nil {
		return err
	}
	proof, err := groth16.Prove(f.R1CS, f.PK, w, backend.WithSolverOptions(fixed...), solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		return err
	}
	e, err := f.envelope([32]byte{}, values, proof)
	if err != nil {
		return err
	}
	return verifier.Verify(f.Key, f.Schema, e, [32]byte{})
}

func TestForgerCannotProve(t *testing.T) {
	for _, v := range []circuits.Visibility{circuits.Public, circuits.Committed} {
		t.Run(string(v), func(t *testing.T) {
			f := newForger(t, v)
			tr, other := f.trace(t), f.trace(t)
			values, salts, err := f.values(tr)
			require.NoError(t, err)
			require.NoError(t, f.prove(f.advice(t, tr), values, salts), "the honest proof, by the forger's means")
			require.Error(t, f.prove(f.advice(t, other), values, salts), "the trace of another input")

			// The outputs of another input.
			mixed := slices.Clone(tr)
			for _, id := range f.Model.Program.Outputs {
				mixed[id] = other[id]
			}
			claimed, claimedSalts, err := f.values(mixed)
			require.NoError(t, err)
			require.Error(t, f.prove(f.advice(t, tr), claimed, claimedSalts), "other outputs, honest advice")
			require.Error(t, f.prove(f.advice(t, other), claimed, claimedSalts), "other outputs, their own advice")

			// One output off by one.
			id := f.Model.Program.Outputs[0]
			off := slices.Clone(tr)
			y := &tensor.Int{Shape: tr[id].Shape, Data: slices.Clone(tr[id].Data)}
			y.Data[0]--
			off[id] = y
			claimed, claimedSalts, err = f.values(off)
			require.NoError(t, err)
			require.Error(t, f.prove(f.advice(t, tr), claimed, claimedSalts), "an output less one")

			// Every call of the advice changed in one place, with the real challenge.
			for call, xs := range f.advice(t, tr) {
				a := f.advice(t, tr)
				a[call][f.rng.Intn(len(xs))]++
				require.Error(t, f.prove(a, values, salts), "advice call %d", call)
			}
			if v == circuits.Committed {
				wrong := slices.Clone(salts)
				wrong[0].SetUint64(9)
				require.Error(t, f.prove(f.advice(t, tr), values, wrong), "another salt")
			}
		})
	}
}

// A prover who claims another matrix product, and is honest about all that follows from it, meets nothing but the
// identity at the challenge of the proof's own commitment.
func TestForgerCannotProveMatrixProduct(t *testing.T) {
	rng := rand.New(rand.NewSource(9))
	f := newForgerOf(t, rng, testprogram.Arithmetic(t), circuits.Public)
	p := f.Model.Program
	require.Equal(t, "challenge", f.Model.Plan.Nodes[0].Form)
	require.Equal(t, f.Model.Plan.Constraints(), f.R1CS.GetNbConstraints(), "planned and made constraints")
	tr := f.trace(t)
	values, salts, err := f.values(tr)
	require.NoError(t, err)
	require.NoError(t, f.prove(f.advice(t, tr), values, salts))
	for range 6 {
		forged := slices.Clone(tr)
		c := &tensor.Int{Shape: tr[p.Outputs[0]].Shape, Data: slices.Clone(tr[p.Outputs[0]].Data)}
		i, j := rng.Intn(len(c.Data)), rng.Intn(len(c.Data))
		c.Data[i]++
		if j != i {
			c.Data[j]--
		}
		forged[p.Outputs[0]] = c
		for _, n := range p.Nodes[1:] {
			var in []*tensor.Int
			for _, a := range n.Kernel.Args() {
				in = append(in, forged[a])
			}
			forged[n.Out], err = n.Kernel.Eval(in)
			require.NoError(t, err)
		}
		values, salts, err := f.values(forged)
		require.NoError(t, err)
		require.Error(t, f.prove(f.advice(t, forged), values, salts))
	}
}

// shape is a circuit with the statement's inputs that differs from it in one respect.
type shape struct {
	H, P frontend.Variable `gnark:",public"`
	X    frontend.Variable

	define func(api frontend.API, c *shape) error
}

func (c *shape) Define(api frontend.API) error { return c.define(api, c) }

func commit(api frontend.API, vs ...frontend.Variable) frontend.Variable {
	rho, err := api.Compiler().(frontend.Committer).Commit(vs...)
	if err != nil {
		panic(err)
	}
	return rho
}

func TestCheckPublic(t *testing.T) {
	for _, c := range []struct {
		name, err string
		define    func(api frontend.API, c *shape) error
	}{
		{"the statement", "", func(api frontend.API, c *shape) error {
			api.Mul(c.H, c.H)
			api.AssertIsEqual(c.P, commit(api, c.H, c.X))
			return nil
		}},
		{"no constraint on H", "no constraint has H", func(api frontend.API, c *shape) error {
			api.AssertIsEqual(c.P, commit(api, c.H, c.X))
			return nil
		}},
		{"no constraint on P", "no constraint has P", func(api frontend.API, c *shape) error {
			api.Mul(c.H, c.H)
			api.AssertIsEqual(c.X, commit(api, c.H, c.X))
			return nil
		}},
		{"P times zero", "no constraint has P", func(api frontend.API, c *shape) error {
			api.Mul(c.H, c.H)
			api.AssertIsEqual(c.X, api.Add(commit(api, c.H, c.X), api.Mul(c.P, 0)))
			return nil
		}},
		{"no commitment", "want one commitment", func(api frontend.API, c *shape) error {
			api.AssertIsEqual(api.Mul(c.H, c.H), c.P)
			return nil
		}},
		{"two commitments", "want one commitment", func(api frontend.API, c *shape) error {
			api.Mul(c.H, c.H)
			api.AssertIsEqual(c.P, commit(api, c.H, commit(api, c.H, c.X), c.X))
			return nil
		}},
		{"a commitment without H", "hash H alone", func(api frontend.API, c *shape) error {
			api.Mul(c.H, c.H)
			api.AssertIsEqual(c.P, commit(api, c.X))
			return nil
		}},
		{"a commitment to P", "hash H alone", func(api frontend.API, c *shape) error {
			api.Mul(c.H, c.H)
			api.AssertIsEqual(c.P, commit(api, c.H, c.P, c.X))
			return nil
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &shape{define: c.define})
			require.NoError(t, err)
			if err = checkPublic(ccs.(*cs.R1CS)); c.err == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, c.err)
			}
		})
	}
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &third{})
	require.NoError(t, err)
	require.ErrorContains(t, checkPublic(ccs.(*cs.R1CS)), "want H and P")
}

// third has a public input too many.
type third struct {
	H, P, Q frontend.Variable `gnark:",public"`
}

func (c *third) Define(api frontend.API) error {
	api.AssertIsEqual(api.Mul(c.H, c.H), api.Mul(c.P, c.Q))
	return nil
}
