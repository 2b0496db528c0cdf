package circuits

import (
	"fmt"
	"math/rand"
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// The planner packs a function of wide results, in parts, where no other table would join columns.
func TestPackedInParts(t *testing.T) {
	for _, f := range forms {
		if f.name == "packed in parts" {
			s := newSystem(t, f.build(t), Public, Public)
			require.Len(t, s.Plan.Functions, 1)
			require.True(t, s.Plan.Functions[0].Packed)
			require.Zero(t, s.Plan.challenges())
			require.Positive(t, s.limbs(s.Program.Tensors[s.Program.Outputs[0]].Range.Span()))
			return
		}
	}
	t.Fatal("no such form")
}

// The joint value of a packed lookup stays what it is where the result moves by one and the row by 2^40 the other way,
// with or without a clamp that brings the index back, and that of a folded one where they move to the next pair of the row.
func TestForgedPairsAreRefused(t *testing.T) {
	tried, clamps, folds := 0, 0, 0
	for _, f := range forms {
		rng := rand.New(rand.NewSource(11))
		s := newSystem(t, f.build(t), Public, Public)
		n, clamped, folded := s.forgePairs(t, rng, testprogram.Inputs(rng, s.Program), f.name)
		tried, clamps, folds = tried+n, clamps+clamped, folds+folded
	}
	require.Greater(t, tried, 100)
	require.Greater(t, clamps, 3)
	require.Greater(t, folds, 3)
}

// forgePairs tries wrong proofs of every packed lookup of one evaluation, and counts them and the lookups with a clamp and with
// a folded table.
func (s *system) forgePairs(t *testing.T, rng *rand.Rand, in []*tensor.Int, name string) (tried, clamps, folds int) {
	trace, honest := s.honest(t, in)
	c := s.calls(t, trace)
	for node, n := range s.Program.Nodes {
		k, ok := n.Kernel.(*program.Lookup)
		if !ok || s.Plan.Nodes[node].Form == "rounding" || !s.Plan.Functions[s.Plan.function[node]].Packed {
			continue
		}
		row, result := c.start[node], c.start[node]+1
		above := 0       // the call of what passes the last row, 0 for none
		ends := []int{0} // calls that may take in what the row loses
		if s.Plan.clamped(node) {
			arg, function := s.Program.Tensors[k.Arg].Range, s.tableOf(node, k)
			if k.Index(arg.Max) > function.High {
				above = result + 1
				ends = append(ends, above)
			}
			if k.Index(arg.Min) < function.Low {
				ends = append(ends, result+len(ends))
			}
			clamps++
		}
		moved, more := int64(1), int64(-1<<40) // a result and the row with it
		if f := s.Plan.Functions[s.Plan.function[node]]; f.Fold > 0 {
			folds++
			more, moved = s.Plan.Union.Period(f.Fold - 1)
		}
		for e := range honest[row] {
			for _, by := range []int64{1, -1, 2, -2} {
				for _, end := range ends {
					a, ok := s.propagate(c, honest, trace, result, e, honest[result][e]+by*moved)
					if !ok {
						a = clone(honest)
						a[result][e] += by * moved
					}
					a = clone(a)
					a[row][e] += by * more
					switch end {
					case 0:
					case above:
						a[end][e] -= by * more
					default:
						a[end][e] += by * more
					}
					tried++
					s.judge(t, c, a, func() program.Trace { return s.runOther(rng, trace) }, fmt.Sprintf("%s: node %d, element %d, result moved by %d, call %d", name, node, e, by*moved, end))
				}
			}
		}
	}
	return tried, clamps, folds
}
