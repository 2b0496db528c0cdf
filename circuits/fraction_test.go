package circuits

import (
	"assay/internal/testprogram"
	"math/big"
	"math/rand"
	"testing"

	"assay/circuits/gadget"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/stretchr/testify/require"
)

// inField gives the oracle's answers: those of a, but for one call, whose values are elements of the field.
func inField(a gadget.Advice, call int64, values []*big.Int) solver.Option {
	return solver.OverrideHint(solver.GetHintID(gadget.Oracle), func(_ *big.Int, in, out []*big.Int) error {
		at := in[0].Int64()
		for i := range out {
			if at == call {
				out[i].Set(values[i])
			} else {
				out[i].SetInt64(a[at][i])
			}
		}
		return nil
	})
}

// In the field every x has a quotient for every remainder. Two elements swap their remainders, so that the
// multiplicities stay right, and take the fractions that make the divisions hold: only the bound on the quotients
// refuses them.
func TestFractionalQuotientsAreRefused(t *testing.T) {
	r := ecc.BN254.ScalarField()
	tried := 0
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			rng := rand.New(rand.NewSource(5))
			s := newSystem(t, f.build(t), Public, Public)
			for range 4 {
				trace, honest := s.honest(t, testprogram.Inputs(rng, s.Program))
				c := s.calls(t, trace)
				for node, n := range s.Program.Nodes {
					k, ok := n.Kernel.(*program.Remainder)
					if !ok || s.Plan.Nodes[node].Form != "division" {
						continue
					}
					q, y := int64(c.start[node]), int64(c.start[node]+1)
					if honest[y][0] == honest[y][1] {
						continue
					}
					xs := trace[k.Arg].Data
					require.Equal(t, xs[1]-xs[0], k.Divisor*(honest[q][1]-honest[q][0])+honest[y][1]-honest[y][0], "these are quotients and remainders")
					swapped := clone(honest)
					swapped[y][0], swapped[y][1] = honest[y][1], honest[y][0]
					quotients := make([]*big.Int, len(honest[q]))
					for i := range quotients {
						// q + (y - y') / Divisor
						quotients[i] = new(big.Int).ModInverse(big.NewInt(k.Divisor), r)
						quotients[i].Mul(quotients[i], big.NewInt(honest[y][i]-swapped[y][i]))
						quotients[i].Add(quotients[i], big.NewInt(honest[q][i])).Mod(quotients[i], r)
					}
					forge := inField(swapped, q, quotients)
					tried++
					require.Error(t, s.solve(s.unclaimed, swapped, s.rho, forge), "node %d", node)
				}
			}
		})
	}
	require.Greater(t, tried, 3)
}

// Likewise two elements that are rounded swap what rounding takes from them.
func TestFractionalRoundingsAreRefused(t *testing.T) {
	r := ecc.BN254.ScalarField()
	tried := 0
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			rng := rand.New(rand.NewSource(5))
			s := newSystem(t, f.build(t), Public, Public)
			for range 4 {
				trace, honest := s.honest(t, testprogram.Inputs(rng, s.Program))
				c := s.calls(t, trace)
				for node, n := range s.Program.Nodes {
					k, ok := n.Kernel.(*program.Lookup)
					if !ok || s.Plan.Nodes[node].Form != "rounding" {
						continue
					}
					y, xs := int64(c.start[node]), trace[k.Arg].Data
					rest := func(i int) int64 { return xs[i] + k.Half() - k.Index(xs[i])<<k.Shift }
					if rest(0) == rest(1) {
						continue
					}
					results := make([]*big.Int, len(honest[y]))
					for i := range results {
						results[i] = big.NewInt(honest[y][i])
						if i < 2 {
							more := new(big.Int).ModInverse(big.NewInt(1<<k.Shift), r)
							more.Mul(more, big.NewInt(rest(i)-rest(1-i)))
							results[i].Add(results[i], more).Mod(results[i], r)
						}
					}
					forge := inField(honest, y, results)
					tried++
					require.Error(t, s.solve(s.unclaimed, honest, s.rho, forge), "node %d", node)
				}
			}
		})
	}
	require.Greater(t, tried, 3)
}

// In the field every x has a quotient for every rest too. Two elements with one divisor swap their rests, which stay
// below it: only the bound on the quotients refuses the fractions that make the equations hold.
func TestFractionalDivisionsAreRefused(t *testing.T) {
	r := ecc.BN254.ScalarField()
	const d = 37
	b := testprogram.New(t, "fractional division")
	x := b.Input(tensor.Shape{6}, -5000, 5000)
	by := b.Add(&program.Constant{Shape: tensor.Shape{6}, Values: program.Ints{d, d, d, d, d, d}})
	p := b.Done(b.Add(&program.Divide{X: x, D: by}))
	s := newSystem(t, p, Public, Public)
	rng := rand.New(rand.NewSource(5))
	tried := 0
	for range 10 {
		trace, honest := s.honest(t, testprogram.Inputs(rng, p))
		require.NoError(t, s.solve(s.unclaimed, honest, s.rho))
		c := s.calls(t, trace)
		ys, rests := int64(c.start[1]), int64(c.start[1]+1)
		xs := trace[x].Data
		require.Equal(t, 2*(xs[1]-xs[0]), 2*d*(honest[ys][1]-honest[ys][0])+honest[rests][1]-honest[rests][0], "these are quotients and rests")
		if honest[rests][0] == honest[rests][1] {
			continue
		}
		tried++
		swapped := clone(honest)
		swapped[rests][0], swapped[rests][1] = honest[rests][1], honest[rests][0]
		// The limbs of the rests and of what they leave of the divisor swap with them.
		limbs := 2 * s.limbs(2*d-1)
		per := s.limbs(p.Tensors[p.Outputs[0]].Range.Span()) + limbs
		for l := range limbs {
			first, second := int(rests)+per-limbs+l+1, int(rests)+2*per-limbs+l+1
			swapped[first], swapped[second] = honest[second], honest[first]
		}
		quotients := make([]*big.Int, len(honest[ys]))
		for i := range quotients {
			// y + (r - r') / 2d
			quotients[i] = new(big.Int).ModInverse(big.NewInt(2*d), r)
			quotients[i].Mul(quotients[i], big.NewInt(honest[rests][i]-swapped[rests][i]))
			quotients[i].Add(quotients[i], big.NewInt(honest[ys][i])).Mod(quotients[i], r)
		}
		forge := inField(swapped, ys, quotients)
		require.Error(t, s.solve(s.unclaimed, swapped, s.rho, forge))
	}
	require.Greater(t, tried, 3)
}

// A folded lookup is of a pair modulo a fraction. Two elements swap their results, and take the fractions as rows that keep their
// pairs: only the bound on what they round away refuses them.
func TestFractionalFoldsAreRefused(t *testing.T) {
	r := ecc.BN254.ScalarField()
	tried := 0
	for _, f := range forms {
		rng := rand.New(rand.NewSource(5))
		s := newSystem(t, f.build(t), Public, Public)
		for range 4 {
			trace, honest := s.honest(t, testprogram.Inputs(rng, s.Program))
			c := s.calls(t, trace)
			for node := range s.Program.Nodes {
				if s.Plan.Nodes[node].Form != "folded table" {
					continue
				}
				period, rise := s.Plan.Union.Period(s.Plan.Functions[s.Plan.function[node]].Fold - 1)
				row, result := int64(c.start[node]), int64(c.start[node]+1)
				moved := honest[result][1] - honest[result][0]
				if moved%rise == 0 {
					continue
				}
				swapped := clone(honest)
				swapped[result][0], swapped[result][1] = honest[result][1], honest[result][0]
				rows := make([]*big.Int, len(honest[row]))
				for i := range rows {
					rows[i] = big.NewInt(honest[row][i])
					if i < 2 {
						more := new(big.Int).ModInverse(big.NewInt(rise), r)
						more.Mul(more, big.NewInt(moved*period*int64(1-2*i)))
						rows[i].Add(rows[i], more).Mod(rows[i], r)
					}
				}
				tried++
				require.Error(t, s.solve(s.unclaimed, swapped, s.rho, inField(swapped, row, rows)), "%s: node %d", f.name, node)
			}
		}
	}
	require.Greater(t, tried, 3)
}
