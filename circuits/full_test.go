package circuits

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"assay/internal/testprogram"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/stretchr/testify/require"
)

// idle counts the wires after the challenge that are zero: those of rows that nothing looks up, and few others.
func idle(t *testing.T, solution []fr.Element, rho fr.Element) int {
	at := slices.Index(solution, rho)
	require.Positive(t, at)
	n := 0
	for _, w := range solution[at:] {
		if w.IsZero() {
			n++
		}
	}
	return n
}

// A wire that is another number at another challenge is full-size, and so is the inverse of a table's row, but where nothing
// looks the row up.
func TestPlanCountsFullSizeWires(t *testing.T) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			s := newSystem(t, f.build(t), Public, Public)
			in := testprogram.Inputs(rand.New(rand.NewSource(2)), s.Program)
			one := s.solution(t, in)
			full := idle(t, one, s.rho)
			s.rho = *new(fr.Element).Add(&s.rho, new(fr.Element).SetUint64(12345))
			other := s.solution(t, in)
			for i := range one {
				if one[i] != other[i] {
					full++
				}
			}
			slack := s.Plan.Statement - s.Plan.challenges() + len(s.Program.Nodes)
			for _, f := range s.Plan.Functions {
				if f.core.Even {
					slack += f.Lookups // the product of a parity that is zero is none
				}
			}
			require.InDelta(t, full, s.Plan.Full(), float64(slack), "of %d constraints", s.Plan.Constraints())
		})
	}
}

// The right sides of equations are sums in G2 as well as G1, where a point costs several of G1: no wire that depends on the
// challenge is among them, unless the plan has sums at the challenge.
func TestRightSidesAreSmall(t *testing.T) {
	checked := 0
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			s := newSystem(t, f.build(t), Public, Public)
			full := map[int]bool{}
			in := testprogram.Inputs(rand.New(rand.NewSource(2)), s.Program)
			one, rho := s.solution(t, in), s.rho
			s.rho = *new(fr.Element).Add(&s.rho, new(fr.Element).SetUint64(12345))
			for i, w := range s.solution(t, in) {
				full[i] = w != one[i] && one[i] != rho
			}
			right := map[int]bool{}
			for _, c := range s.full.(*cs.R1CS).GetR1Cs() {
				for _, term := range c.R {
					if full[int(term.VID)] {
						right[int(term.VID)] = true
					}
				}
			}
			t.Logf("%d full-size wires on right sides", len(right))
			sums := s.Plan.challenges() > 0 || slices.ContainsFunc(s.Plan.Nodes, func(n NodePlan) bool { return strings.Contains(n.Form, "challenge") || n.Form == "permutation" })
			if !sums {
				require.Empty(t, right)
				checked++
			}
		})
	}
	require.Greater(t, checked, len(forms)/2)
}

// How many rows nothing looks up is estimated, from numbers alone.
func TestPlanEstimatesIdleRows(t *testing.T) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			s := newSystem(t, f.build(t), Public, Public)
			rng := rand.New(rand.NewSource(6))
			sum, runs := 0, 8
			for range runs {
				sum += idle(t, s.solution(t, testprogram.Inputs(rng, s.Program)), s.rho)
			}
			t.Logf("idle %d, estimated %d, of %d", sum/runs, s.Plan.Idle(), s.Plan.Tables())
			require.InDelta(t, sum/runs, s.Plan.Idle(), float64(s.Plan.Tables())/2+8)
		})
	}
}
