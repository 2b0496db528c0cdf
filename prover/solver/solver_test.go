package solver_test

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand"
	"slices"
	"testing"

	"assay/circuits"
	"assay/circuits/gadget"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/prover"
	"assay/prover/solver"
	"assay/verifier"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	gnark "github.com/consensys/gnark/constraint/solver"
	fcs "github.com/consensys/gnark/frontend/cs"
	"github.com/stretchr/testify/require"
)

// statement is an inference to be solved, with challenge, mask and salts of the test's choice.
type statement struct {
	model  *circuits.Model
	r      *cs.R1CS
	advice gadget.Advice
	values []fr.Element
	salts  []fr.Element
	h      fr.Element
	mask   fr.Element
	rho    fr.Element
	p      fr.Element
}

func newStatement(t testing.TB, rng *rand.Rand, p *program.Program, v circuits.Visibility) *statement {
	m, err := circuits.NewModel(p, v, v)
	require.NoError(t, err)
	r, err := prover.Compile(m)
	require.NoError(t, err)
	s := &statement{model: m, r: r}
	s.draw(t, rng)
	return s
}

// draw takes another input.
func (s *statement) draw(t testing.TB, rng *rand.Rand) {
	trace, err := s.model.Program.Run(testprogram.Inputs(rng, s.model.Program))
	require.NoError(t, err)
	s.advice, err = s.model.Advice(trace)
	require.NoError(t, err)
	for _, x := range []*fr.Element{&s.h, &s.mask, &s.rho} {
		x.MustSetRandom()
	}
	s.values, s.salts = nil, nil
	for _, l := range s.model.Layouts {
		words := make([]fr.Element, l.Words)
		for i, w := range l.Pack(trace[l.Tensor].Data) {
			words[i].SetBigInt(w)
		}
		if l.Visibility == circuits.Committed {
			var salt fr.Element
			s.salts = append(s.salts, *salt.MustSetRandom())
			words = []fr.Element{prover.Digest(salt, words)}
		}
		s.values = append(s.values, words...)
	}
	s.p = verifier.Evaluate(s.rho, s.values)
}

// gnark solves with gnark's solver, and gives the committed values besides.
func (s *statement) gnark(t testing.TB) (*cs.R1CSSolution, []fr.Element, error) {
	w, err := witness.New(ecc.BN254.ScalarField())
	require.NoError(t, err)
	values := make(chan any, 2+len(s.salts))
	for _, v := range append([]fr.Element{s.h, s.p}, s.salts...) {
		values <- v
	}
	close(values)
	require.NoError(t, w.Fill(2, len(s.salts), values))
	var committed []fr.Element
	options := []gnark.Option{s.advice.Solve(), gnark.OverrideHint(gnark.GetHintID(fcs.Bsb22CommitmentComputePlaceholder), func(_ *big.Int, in, out []*big.Int) error {
		for _, x := range in[2:] { // after the number of the commitment and H
			var e fr.Element
			committed = append(committed, *e.SetBigInt(x))
		}
		s.rho.BigInt(out[0])
		return nil
	})}
	for id, name := range s.r.MHintsDependencies {
		if name == "github.com/consensys/gnark/internal/hints.Randomize" {
			options = append(options, gnark.OverrideHint(id, func(_ *big.Int, _, out []*big.Int) error {
				s.mask.BigInt(out[0])
				return nil
			}))
		}
	}
	x, err := s.r.Solve(w, options...)
	if err != nil {
		return nil, nil, err
	}
	return x.(*cs.R1CSSolution), committed, nil
}

func (s *statement) solve(v *solver.Solver, want []fr.Element) (*solver.Solution, error) {
	return v.Solve(s.h, s.salts, s.advice, s.mask, func(committed []fr.Element) (rho, p fr.Element, err error) {
		if want != nil && !slices.Equal(want, committed) {
			return rho, p, errors.New("the committed values are others than gnark's")
		}
		return s.rho, s.p, nil
	})
}

// programs have every form that a circuit has.
func programs(t testing.TB, rng *rand.Rand) map[string]*program.Program {
	ps := map[string]*program.Program{"convnet": testprogram.Convnet(t, rng), "arithmetic": testprogram.Arithmetic(t)}
	for i := range 12 {
		ps[fmt.Sprint("random ", i)] = testprogram.Random(t, rng, 12)
	}
	return ps
}

// The solution is gnark's wire by wire, and so are the sides of all constraints, one input after the other.
func TestSolveAsGnarkDoes(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	for name, p := range programs(t, rng) {
		for _, v := range []circuits.Visibility{circuits.Public, circuits.Committed} {
			t.Run(name+"/"+string(v), func(t *testing.T) {
				s := newStatement(t, rng, p, v)
				of, err := solver.New(s.r)
				require.NoError(t, err)
				for range 3 {
					want, committed, err := s.gnark(t)
					require.NoError(t, err)
					got, err := s.solve(of, committed)
					require.NoError(t, err)
					for i := range want.W {
						require.Equal(t, want.W[i], got.W[i], "wire %d", i)
					}
					for i := range want.A {
						require.Equal(t, [3]fr.Element{want.A[i], want.B[i], want.C[i]}, [3]fr.Element{got.A[i], got.B[i], got.C[i]}, "constraint %d", i)
					}
					require.Equal(t, cap(want.A), cap(got.A), "room for a transform")
					clear(got.W)
					clear(got.A[:cap(got.A)])
					s.draw(t, rng)
				}
			})
		}
	}
}

// Advice, claims and salts that gnark's solver refuses are refused, and others are not.
func TestRefuseAsGnarkDoes(t *testing.T) {
	rng := rand.New(rand.NewSource(4))
	for name, p := range programs(t, rng) {
		t.Run(name, func(t *testing.T) {
			s := newStatement(t, rng, p, circuits.Committed)
			of, err := solver.New(s.r)
			require.NoError(t, err)
			honest := s.advice
			refused := 0
			for range 40 {
				s.advice = slices.Clone(honest)
				call := rng.Intn(len(honest))
				s.advice[call] = slices.Clone(honest[call])
				s.advice[call][rng.Intn(len(honest[call]))] += []int64{1, -1, 1 << 40, -1 << 62, 1<<63 - 1}[rng.Intn(5)]
				_, _, want := s.gnark(t)
				_, got := s.solve(of, nil)
				require.Equal(t, want == nil, got == nil, "gnark: %v, got %v", want, got)
				if got != nil {
					require.ErrorContains(t, got, "is not satisfied")
					refused++
				}
			}
			require.Greater(t, refused, 30)
			s.advice = honest
			_, err = s.solve(of, nil)
			require.NoError(t, err, "after refusals")
			s.p.SetOne()
			_, err = s.solve(of, nil)
			require.ErrorContains(t, err, "is not satisfied", "another claim")
			s.salts = s.salts[1:]
			_, err = s.solve(of, nil)
			require.ErrorContains(t, err, "salts")
			s.advice = honest[1:]
			_, err = s.solve(of, nil)
			require.Error(t, err)
		})
	}
}
