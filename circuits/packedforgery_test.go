package circuits

import (
	"fmt"
	"math/rand"
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"

	"github.com/stretchr/testify/require"
)

// The joint value of a packed lookup stays what it is where the result moves by one and the row by 2^40 the other way,
// with or without a clamp that brings the index back.
func TestForgedPairsAreRefused(t *testing.T) {
	tried, clamps := 0, 0
	for _, f := range forms {
		rng := rand.New(rand.NewSource(11))
		s := newSystem(t, f.build(t), Public, Public)
		trace, honest := s.honest(t, testprogram.Inputs(rng, s.Program))
		c := s.calls(t, trace)
		for node, n := range s.Program.Nodes {
			k, ok := n.Kernel.(*program.Lookup)
			if !ok || !s.Plan.Functions[s.Plan.function[node]].Packed {
				continue
			}
			row, result := c.start[node], c.start[node]+1
			ends := []int{0} // calls that may take in what the row loses
			if s.Plan.clamped(node) {
				arg, function := s.Program.Tensors[k.Arg].Range, s.tableOf(node, k)
				if k.Index(arg.Max) > function.High {
					ends = append(ends, result+1)
				}
				if k.Index(arg.Min) < function.Low {
					ends = append(ends, result+len(ends))
				}
				clamps++
			}
			for e := range honest[row] {
				for _, by := range []int64{1, -1} {
					for _, end := range ends {
						a, ok := s.propagate(c, honest, trace, result, e, honest[result][e]+by)
						if !ok {
							a = clone(honest)
							a[result][e] += by
						}
						a = clone(a)
						a[row][e] -= by << 40
						switch {
						case end == 0:
						case end == result+1 && k.Index(s.Program.Tensors[k.Arg].Range.Max) > s.tableOf(node, k).High:
							a[end][e] += by << 40
						default:
							a[end][e] -= by << 40
						}
						tried++
						s.judge(t, c, a, func() program.Trace { return s.runOther(rng, trace) }, fmt.Sprintf("%s: node %d, element %d, result moved by %d, call %d", f.name, node, e, by, end))
					}
				}
			}
		}
	}
	require.Greater(t, tried, 100)
	require.Greater(t, clamps, 3)
}
