package circuits

import (
	"assay/internal/testprogram"
	"fmt"
	"math/big"
	"math/rand"
	"slices"
	"testing"

	"assay/circuits/gadget"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	fcs "github.com/consensys/gnark/frontend/cs"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/stretchr/testify/require"
)

// system is a compiled model that solves for chosen advice, at a challenge rho of the test's choice.
type system struct {
	*Model
	full      constraint.ConstraintSystem
	unclaimed constraint.ConstraintSystem // without the assertion that P is the claimed one: any values may be claimed
	rho       fr.Element
	salts     []fr.Element
}

// anyClaim is the circuit without its last assertion.
type anyClaim struct{ Circuit }

func (c *anyClaim) Define(api frontend.API) error {
	s, _, err := c.evaluate(api)
	if err != nil {
		return err
	}
	return s.Err()
}

// small are weights by which programs of a few elements take forms that by Reference are for larger ones.
var small = Weights{Domain: 1, Lookup: 0.2, Advice: 0.05}

func newSystem(t testing.TB, p *program.Program, inputs, outputs Visibility) *system {
	m, err := NewModelBy(small, p, inputs, outputs)
	require.NoError(t, err)
	s := &system{Model: m}
	s.full, err = frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, m.Circuit(), frontend.WithCompressThreshold(0))
	require.NoError(t, err)
	s.unclaimed, err = frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &anyClaim{*m.Circuit()}, frontend.WithCompressThreshold(0))
	require.NoError(t, err)
	s.rho.SetRandom()
	s.salts = make([]fr.Element, m.Salts())
	for i := range s.salts {
		s.salts[i].SetRandom()
	}
	return s
}

// claim is P for the values of a trace.
func (s *system) claim(trace program.Trace) fr.Element {
	var values []fr.Element
	salts := s.salts
	for _, l := range s.Layouts {
		words := make([]fr.Element, l.Words)
		for i, w := range l.Pack(trace[l.Tensor].Data) {
			words[i].SetBigInt(w)
		}
		if l.Visibility == Public {
			values = append(values, words...)
			continue
		}
		h := poseidon2.NewMerkleDamgardHasher()
		for _, w := range append([]fr.Element{salts[0]}, words...) {
			b := w.Bytes()
			h.Write(b[:])
		}
		var d fr.Element
		values = append(values, *d.SetBytes(h.Sum(nil)))
		salts = salts[1:]
	}
	var p fr.Element
	for i := len(values) - 1; i >= 0; i-- {
		p.Mul(&p, &s.rho).Add(&p, &values[i])
	}
	return p
}

func (s *system) solve(cs constraint.ConstraintSystem, a gadget.Advice, p fr.Element, opts ...solver.Option) error {
	_, err := s.wires(cs, a, p, opts...)
	return err
}

func (s *system) wires(cs constraint.ConstraintSystem, a gadget.Advice, p fr.Element, opts ...solver.Option) (any, error) {
	c := s.Circuit()
	c.H, c.P = 5, p
	for i := range c.Salt {
		c.Salt[i] = s.salts[i]
	}
	w, err := frontend.NewWitness(c, ecc.BN254.ScalarField())
	if err != nil {
		return nil, err
	}
	fix := solver.OverrideHint(solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder), func(_ *big.Int, _, out []*big.Int) error {
		s.rho.BigInt(out[0])
		return nil
	})
	return cs.Solve(w, append([]solver.Option{a.Solve(), fix, solver.WithNbTasks(1)}, opts...)...)
}

// solution is every wire for an input.
func (s *system) solution(t testing.TB, in []*tensor.Int) []fr.Element {
	trace, honest := s.honest(t, in)
	w, err := s.wires(s.full, honest, s.claim(trace))
	require.NoError(t, err)
	return w.(*cs.R1CSSolution).W
}

// commitment is that of a system.
func commitment(of constraint.ConstraintSystem) (constraint.Groth16Commitment, error) {
	infos := of.GetCommitments().(constraint.Groth16Commitments)
	if len(infos) != 1 {
		return constraint.Groth16Commitment{}, fmt.Errorf("want one commitment, got %d", len(infos))
	}
	return infos[0], nil
}

func (s *system) honest(t testing.TB, in []*tensor.Int) (program.Trace, gadget.Advice) {
	t.Helper()
	trace, err := s.Program.Run(in)
	require.NoError(t, err)
	a, err := s.Advice(trace)
	require.NoError(t, err)
	return trace, a
}

// corners are inputs at the ends of the declared ranges.
func corners(p *program.Program) [][]*tensor.Int {
	var all [][]*tensor.Int
	for k := range 4 {
		var in []*tensor.Int
		for j, id := range p.Inputs {
			d := p.Tensors[id]
			x := tensor.New[int64](d.Shape)
			for i := range x.Data {
				if high := []bool{false, true, (i+j)%2 == 0, (i+j)%2 == 1}[k]; high {
					x.Data[i] = d.Range.Max
				} else {
					x.Data[i] = d.Range.Min
				}
			}
			in = append(in, x)
		}
		all = append(all, in)
	}
	return all
}

var visibilities = []Visibility{Public, Committed}

func TestPlanChoosesForms(t *testing.T) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			plan, err := NewPlan(f.build(t), 0, small)
			require.NoError(t, err)
			for _, want := range f.wants {
				require.True(t, slices.ContainsFunc(plan.Nodes, func(n NodePlan) bool { return n.Form == want }), "want a node proven as %q, got %+v", want, plan.Nodes)
			}
		})
	}
}

func TestPlanCountsConstraints(t *testing.T) {
	for _, f := range forms {
		for _, in := range visibilities {
			for _, out := range visibilities {
				t.Run(f.name+"/"+string(in)+"/"+string(out), func(t *testing.T) {
					s := newSystem(t, f.build(t), in, out)
					require.Equal(t, s.full.GetNbConstraints(), s.Plan.Constraints(), "%+v", s.Plan)
				})
			}
		}
	}
}

// Every input of the declared range has a proof.
func TestEveryInputIsAccepted(t *testing.T) {
	for _, f := range forms {
		for _, v := range visibilities {
			t.Run(f.name+"/"+string(v), func(t *testing.T) {
				rng := rand.New(rand.NewSource(1))
				s := newSystem(t, f.build(t), v, v)
				all := corners(s.Program)
				for range 12 {
					all = append(all, testprogram.Inputs(rng, s.Program))
				}
				for _, in := range all {
					trace, a := s.honest(t, in)
					require.NoError(t, s.solve(s.full, a, s.claim(trace)), "inputs %v", in)
				}
			})
		}
	}
}
