package circuits

import (
	"fmt"
	"math/big"
	"math/rand"
	"slices"
	"testing"

	"assay/circuits/gadget"
	"assay/internal/testprogram"
	"assay/ir/program"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/stretchr/testify/require"
)

// callOf is the call that advises the elements of a tensor.
func (c calls) callOf(tensor int) (call int, ok bool) {
	for call, id := range c.tensor {
		if id == tensor {
			return call, true
		}
	}
	return 0, false
}

// refuses requires that forged advice has no solution, with multiplicities as they were and as the forgery needs them.
func (s *system) refuses(t *testing.T, forged gadget.Advice, what string) {
	t.Helper()
	require.Error(t, s.solve(s.unclaimed, forged, s.rho), "%s, multiplicities as they were", what)
	if recounted, err := s.recount(forged); err == nil {
		require.Error(t, s.solve(s.unclaimed, recounted, s.rho), "%s, multiplicities recounted", what)
	}
}

// visit calls f for every node of every form whose kernel is a K, with the honest advice and the call that advises
// the node's tensor.
func visit[K program.Kernel](t *testing.T, f func(t *testing.T, s *system, k K, n program.Node, c calls, trace program.Trace, honest gadget.Advice, call int)) {
	visited := 0
	for _, form := range forms {
		t.Run(form.name, func(t *testing.T) {
			rng := rand.New(rand.NewSource(9))
			p := form.build(t)
			if !slices.ContainsFunc(p.Nodes, func(n program.Node) bool { _, ok := n.Kernel.(K); return ok }) {
				t.SkipNow()
			}
			s := newSystem(t, p, Public, Public)
			for range 3 {
				trace, honest := s.honest(t, testprogram.Inputs(rng, p))
				c := s.calls(t, trace)
				for _, n := range p.Nodes {
					k, ok := n.Kernel.(K)
					if !ok {
						continue
					}
					if call, ok := c.callOf(n.Out); ok {
						visited++
						f(t, s, k, n, c, trace, honest, call)
					}
				}
			}
		})
	}
	require.Positive(t, visited)
}

// A prover orders a line otherwise, or orders another line of the same sum.
func TestForgedOrdersAreRefused(t *testing.T) {
	visit(t, func(t *testing.T, s *system, _ *program.Sort, n program.Node, _ calls, _ program.Trace, honest gadget.Advice, call int) {
		shape := s.Program.Tensors[n.Out].Shape
		length := shape[len(shape)-1]
		line := honest[call][:length]
		forge := func(what string, with []int64) {
			if slices.Equal(with, line) {
				return
			}
			a := clone(honest)
			copy(a[call], with)
			s.refuses(t, a, fmt.Sprintf("node of tensor %d: %s", n.Out, what))
		}
		reversed := slices.Clone(line)
		slices.Reverse(reversed)
		forge("descending", reversed)
		forge("one element all along", slices.Repeat(line[:1], length))
		spread := slices.Clone(line)
		spread[0], spread[length-1] = spread[0]-1, spread[length-1]+1
		forge("the same sum", spread)
		squeezed := slices.Clone(line)
		squeezed[0], squeezed[length-1] = squeezed[0]+1, squeezed[length-1]-1
		slices.Sort(squeezed)
		forge("the same sum, closer", squeezed)
	})
}

// A prover gives another row than the one that the index names, or columns of two rows.
func TestForgedRowsAreRefused(t *testing.T) {
	visit(t, func(t *testing.T, s *system, k *program.Select, n program.Node, _ calls, trace program.Trace, honest gadget.Advice, call int) {
		data, low := trace[k.Data], s.Program.Tensors[n.Out].Range.Min
		columns := data.Shape[1]
		row := func(i int) []int64 {
			r := slices.Clone(data.Data[i*columns : (i+1)*columns])
			for j := range r {
				r[j] -= low
			}
			return r
		}
		for i := range data.Shape[0] {
			other := row(i)
			mixed := append(row(i)[:1], honest[call][1:columns]...)
			for what, with := range map[string][]int64{"another row": other, "columns of two rows": mixed} {
				if slices.Equal(with, honest[call][:columns]) {
					continue
				}
				a := clone(honest)
				copy(a[call], with)
				s.refuses(t, a, fmt.Sprintf("node of tensor %d: %s, %d", n.Out, what, i))
			}
		}
	})
}

// Bits that add up to one, but are not the index's, and others; what reads the result is told the result of those.
func TestForgedBitsAreRefused(t *testing.T) {
	i := slices.IndexFunc(forms, func(f form) bool { return f.name == "one-hot rows" })
	s := newSystem(t, forms[i].build(t), Public, Public)
	trace, honest := s.honest(t, testprogram.Inputs(rand.New(rand.NewSource(1)), s.Program))
	require.NoError(t, s.solve(s.full, honest, s.claim(trace)))
	call := func(n int) int {
		return slices.IndexFunc(honest, func(xs []int64) bool { return len(xs) == n })
	}
	node := s.Program.Nodes[slices.IndexFunc(s.Program.Nodes, func(n program.Node) bool { return n.Kernel.Kind() == "select" })]
	data, low := trace[node.Kernel.(*program.Select).Data], s.Program.Tensors[node.Out].Range.Min
	bits, wires := call(6), call(10)
	for _, with := range [][]int64{{0, 1, 0}, {1, 0, 0}, {0, 0, 1}, {2, -1, 0}, {0, 2, -1}, {-1, 0, 2}, {0, 0, 0}, {1, 1, 1}, {1, 1, -1}} {
		if slices.Equal(with, honest[bits][:3]) {
			continue
		}
		a := clone(honest)
		copy(a[bits], with)
		for j := range 5 {
			a[wires][j] = -low
			for row, b := range with {
				a[wires][j] += b * data.Data[row*5+j]
			}
		}
		s.refuses(t, a, fmt.Sprintf("bits %v", with))
	}
}

// In the field every x has a quotient for every remainder. Two elements swap what their quotients leave, so that the
// multiplicities stay right, and take the fractions that do: only the bound on the quotients refuses them.
func TestFractionalFloorsAreRefused(t *testing.T) {
	r := ecc.BN254.ScalarField()
	visit(t, func(t *testing.T, s *system, k *program.Quotient, n program.Node, _ calls, trace program.Trace, honest gadget.Advice, call int) {
		left := func(i int) int64 { return trace[k.Arg].Data[i] - k.Divisor*trace[n.Out].Data[i] }
		if left(0) == left(1) {
			return
		}
		quotients := make([]*big.Int, len(honest[call]))
		for i := range quotients {
			quotients[i] = big.NewInt(honest[call][i])
			if i < 2 {
				d := new(big.Int).ModInverse(big.NewInt(k.Divisor), r)
				d.Mul(d, big.NewInt(left(i)-left(1-i)))
				quotients[i].Add(quotients[i], d).Mod(quotients[i], r)
			}
		}
		forge := solver.OverrideHint(solver.GetHintID(gadget.Oracle), func(field *big.Int, in, out []*big.Int) error {
			at := in[0].Int64()
			for i := range out {
				if out[i].SetInt64(honest[at][i]); at == int64(call) {
					out[i].Set(quotients[i])
				}
			}
			return nil
		})
		require.Error(t, s.solve(s.unclaimed, honest, s.rho, forge), "node of tensor %d", n.Out)
	})
}
