package circuits

import (
	"assay/internal/testprogram"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"assay/circuits/gadget"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// indexForgery is a choice of all the advice of one lookup at once: a table row, how the index is split between row,
// over and under, and for a maximum how far its members are below it.
type indexForgery struct {
	row         int64 // the row looked up
	over, under int64
	below       int64 // added to each u of a maximum
	odd         bool  // the row's parity is inverted
}

// forgeries lists wrong ways to prove the lookup of index h in the rows from low to high.
func indexForgeries(h, low, high int64, clamped, pooled, even bool) []indexForgery {
	var all []indexForgery
	for _, row := range []int64{low, high, (low + high) / 2, h - 1, h + 1} {
		if row < low || row > high {
			continue
		}
		if even {
			f := indexForgery{row: row, odd: true}
			if clamped {
				f.over, f.under = max(h-row, 0), max(row-h, 0)
			}
			all = append(all, f)
		}
		if !clamped {
			all = append(all, indexForgery{row: row})
			if pooled {
				all = append(all, indexForgery{row: row, below: row - h})
			}
			continue
		}
		all = append(all,
			indexForgery{row: row, over: h - row},
			indexForgery{row: row, under: row - h},
			indexForgery{row: row, over: h - row + 1, under: 1},
			indexForgery{row: row},
		)
		if pooled {
			all = append(all,
				indexForgery{row: row, below: row - h},
				indexForgery{row: row, over: 1, below: row + 1 - h},
				indexForgery{row: row, under: 1, below: row - 1 - h},
			)
		}
	}
	return all
}

// tableOf is the table of a lookup, its rows counted as the lookup's own indices.
func (s *system) tableOf(node int, k *program.Lookup) Function {
	f := s.Plan.Functions[s.Plan.function[node]]
	index, _ := origin(k)
	f.Low, f.High = f.Low+index, f.High+index
	if f.Fold > 0 {
		f.High = max(f.High, k.Index(s.Program.Tensors[k.Arg].Range.Max))
	}
	return f
}

// forge is the advice of a prover who proves one lookup of a node in a chosen way, and goes on honestly from its result.
func (s *system) forge(c calls, honest gadget.Advice, trace program.Trace, node, element int, f indexForgery) (gadget.Advice, bool) {
	k := s.Program.Nodes[node].Kernel.(*program.Lookup)
	function := s.tableOf(node, k)
	first := c.start[node]
	out := s.Program.Tensors[s.Program.Nodes[node].Out]
	a, ok := s.propagate(c, honest, trace, first+1, element, k.At(f.row)-out.Range.Min)
	if !ok {
		return nil, false
	}
	a = clone(a)
	a[first][element] = f.row - function.Low
	clamp := first + 2
	if k.Even {
		a[clamp] = slices.Clone(a[clamp])
		a[clamp][element] = f.row & 1
		if f.odd {
			a[clamp][element] ^= 1
		}
		clamp++
	}
	next := clamp
	arg := s.Program.Tensors[k.Arg].Range
	if s.Plan.clamped(node) {
		above, below := k.Index(arg.Max)-function.High, function.Low-k.Index(arg.Min)
		for _, end := range []struct{ passes, by int64 }{{above, f.over}, {below, f.under}} {
			if end.passes > 0 {
				a[next][element] = end.by
				next++
			} else if end.by != 0 {
				return nil, false // nothing to forge
			}
		}
		limbs := s.limbs(max(above, below))
		at := next + element*limbs
		s.split(a[at:at+limbs], f.over+f.under)
		next += len(trace[s.Program.Nodes[node].Out].Data) * limbs
	}
	if function.Packed { // parts of the result
		limbs := s.limbs(out.Range.Span())
		at := next + element*limbs
		s.split(a[at:at+limbs], k.At(f.row)-out.Range.Min)
		next += len(trace[s.Program.Nodes[node].Out].Data) * limbs
	}
	rounding := s.parts(k)
	index := f.row + f.over - f.under
	low := func(x, index int64) int64 { return x + k.Half() - index<<k.Shift }
	j, pooled := s.Plan.absorbs[node]
	if k.Even {
		limbs := s.limbs(k.Rest())
		stride := (c.start[node+1] - next) / len(a[first])
		at := next + element*stride
		odd := a[first+2][element]
		less := 2*k.Slack + 1
		rest := low(trace[k.Arg].Data[element], index) + k.Slack - odd*less
		if stride > 2*limbs {
			a[at] = []int64{rest}
			at++
		}
		s.split(a[at:at+limbs], rest)
		s.split(a[at+limbs:at+2*limbs], k.Rest()-rest-2*odd*less)
		return a, true
	}
	if !pooled {
		at := next + element*rounding
		s.divide(a[at:at+rounding], k, low(trace[k.Arg].Data[element], index))
		return a, true
	}
	m := s.Program.Nodes[j].Kernel.(*program.Max)
	distance := s.limbs(k.Index(arg.Max) - k.Index(arg.Min))
	for window := range element {
		next += 1 + len(m.Members(window, nil))*(distance+rounding)
	}
	us := a[next]
	at := next + 1
	for i, member := range m.Members(element, nil) {
		us[i] += f.below
		s.split(a[at:at+distance], us[i])
		s.divide(a[at+distance:at+distance+rounding], k, low(trace[m.Arg].Data[member], index-us[i]))
		at += distance + rounding
	}
	return a, true
}

// limbs is how many limbs the prover advises for a range check, the lowest being a difference.
func (s *system) limbs(bound int64) int {
	n := 0
	for bound >>= s.Plan.RangeWidth; bound > 0; bound >>= s.Plan.RangeWidth {
		n++
	}
	return n
}

// parts is how many parts the prover advises for what a lookup rounds away.
func (s *system) parts(k *program.Lookup) int {
	n := 0
	for b := k.Shift; b > s.Plan.RangeWidth && !slices.Contains(s.Plan.Exact, b); b -= s.Plan.RangeWidth {
		n++
	}
	return n
}

// divide fills in the parts of x, the highest first, one a call.
func (s *system) divide(calls [][]int64, k *program.Lookup, x int64) {
	b := k.Shift
	for i := range calls {
		b -= s.Plan.RangeWidth
		calls[i][0] = x >> b
		x -= calls[i][0] << b
	}
}

// split fills in the limbs of x, one a call.
func (s *system) split(calls [][]int64, x int64) {
	for i := range calls {
		x >>= s.Plan.RangeWidth
		calls[i][0] = x
	}
}

// A prover chooses row, clamp, index and distances of one lookup together, so that as many equations as possible hold.
func TestForgedLookupsAreRefused(t *testing.T) {
	for i, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewSource(int64(i)))
			s := newSystem(t, f.build(t), Public, Public)
			tried := 0
			for _, in := range [][]*tensor.Int{testprogram.Inputs(rng, s.Program), testprogram.Inputs(rng, s.Program), corners(s.Program)[0], corners(s.Program)[1]} {
				tried += s.forgeLookups(t, rng, in)
			}
			looks := slices.ContainsFunc(s.Program.Nodes, func(n program.Node) bool { _, ok := n.Kernel.(*program.Lookup); return ok })
			if looks && slices.ContainsFunc(f.wants, func(w string) bool { return strings.HasSuffix(w, "table") }) && f.name != "lookup of one row" {
				require.Greater(t, tried, 10)
			}
		})
	}
}

// forgeLookups tries every forgery of every lookup of one evaluation, and counts them.
func (s *system) forgeLookups(t *testing.T, rng *rand.Rand, in []*tensor.Int) (tried int) {
	trace, honest := s.honest(t, in)
	c := s.calls(t, trace)
	for node, n := range s.Program.Nodes {
		k, ok := n.Kernel.(*program.Lookup)
		if !ok || s.Plan.Nodes[node].Form == "rounding" {
			continue
		}
		function := s.tableOf(node, k)
		_, pooled := s.Plan.absorbs[node]
		for e := range trace[n.Out].Data {
			h := s.indexOf(k, node, trace, e)
			if function.Low == function.High {
				if s.Plan.clamped(node) {
					s.requireOneAnswer(t, c, honest, trace, node, e, h-function.Low)
				}
				continue
			}
			for _, f := range indexForgeries(h, function.Low, function.High, s.Plan.clamped(node), pooled, k.Even) {
				a, ok := s.forge(c, honest, trace, node, e, f)
				if !ok {
					continue
				}
				tried++
				s.judge(t, c, a, func() program.Trace { return s.runOther(rng, trace) }, fmt.Sprintf("node %d, element %d, index %d proven as %+v", node, e, h, f))
			}
		}
	}
	return tried
}

// requireOneAnswer covers the one form with more than one witness. A table of one row has one answer whatever the
// index, its row is both the first and the last, so over and under may both be raised: distance is their
// difference. No other claim can be made of it.
func (s *system) requireOneAnswer(t *testing.T, c calls, honest gadget.Advice, trace program.Trace, node, element int, distance int64) {
	first := c.start[node]
	k := s.Program.Nodes[node].Kernel.(*program.Lookup)
	arg, function := s.Program.Tensors[k.Arg].Range, s.tableOf(node, k)
	ends := k.Index(arg.Max) > function.High && k.Index(arg.Min) < function.Low
	for _, extra := range []int64{0, 1, 5} {
		a := clone(honest)
		if over, under := max(distance, 0)+extra, max(-distance, 0)+extra; ends && over+under < 1<<s.Plan.RangeWidth {
			a[first+2][element], a[first+3][element] = over, under
		} else if extra > 0 {
			continue
		}
		a, err := s.recount(a)
		require.NoError(t, err)
		require.NoError(t, s.solve(s.full, a, s.claim(trace)))
		a[first+2][element]++
		a, err = s.recount(a)
		if err == nil {
			require.Error(t, s.solve(s.unclaimed, a, s.rho))
		}
	}
	a := clone(honest)
	a[first+1][element]++
	_, err := s.recount(a)
	require.Error(t, err, "another answer")
}

// indexOf is the true index of element e of a lookup.
func (s *system) indexOf(k *program.Lookup, node int, trace program.Trace, e int) int64 {
	j, pooled := s.Plan.absorbs[node]
	if !pooled {
		return k.Index(trace[k.Arg].Data[e])
	}
	return k.Index(trace[s.Program.Nodes[j].Out].Data[e])
}

// runOther evaluates inputs other than those of a trace.
func (s *system) runOther(rng *rand.Rand, trace program.Trace) program.Trace {
	for {
		in := testprogram.Inputs(rng, s.Program)
		for i, id := range s.Program.Inputs {
			for j, x := range in[i].Data {
				if x != trace[id].Data[j] {
					other, err := s.Program.Run(in)
					if err == nil {
						return other
					}
				}
			}
		}
	}
}

// A prover moves whole divisors between quotient and remainder.
func TestForgedRemaindersAreRefused(t *testing.T) {
	tried := 0
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			rng := rand.New(rand.NewSource(3))
			s := newSystem(t, f.build(t), Public, Public)
			trace, honest := s.honest(t, testprogram.Inputs(rng, s.Program))
			c := s.calls(t, trace)
			for node, n := range s.Program.Nodes {
				k, ok := n.Kernel.(*program.Remainder)
				if !ok || s.Plan.Nodes[node].Form != "division" {
					continue
				}
				q, y := c.start[node], c.start[node]+1
				for e := range honest[y] {
					for _, by := range []int64{1, -1, 2, honest[q][e] + 1, 1 << 20} {
						a, ok := s.propagate(c, honest, trace, y, e, honest[y][e]+by*k.Divisor)
						if !ok {
							a = clone(honest)
							a[y][e] += by * k.Divisor
						}
						a[q] = append([]int64(nil), a[q]...)
						a[q][e] -= by
						tried++
						s.judge(t, c, a, func() program.Trace { return s.runOther(rng, trace) }, fmt.Sprintf("node %d, element %d: %d divisors moved", node, e, by))
					}
				}
			}
		})
	}
	require.Greater(t, tried, 20)
}

// Proofs of true evaluations cannot claim other inputs or other outputs.
func TestForgedClaimsAreRefused(t *testing.T) {
	for _, f := range forms {
		for _, v := range visibilities {
			t.Run(f.name+"/"+string(v), func(t *testing.T) {
				t.Parallel()
				rng := rand.New(rand.NewSource(7))
				s := newSystem(t, f.build(t), v, v)
				trace, honest := s.honest(t, testprogram.Inputs(rng, s.Program))
				require.NoError(t, s.solve(s.full, honest, s.claim(trace)))
				other := s.runOther(rng, trace)
				require.Error(t, s.solve(s.full, honest, s.claim(other)), "values of another evaluation")
				require.Error(t, s.solve(s.full, honest, s.rho), "a value that is no evaluation")
				for _, l := range s.Layouts {
					for i, x := range trace[l.Tensor].Data[:min(4, len(trace[l.Tensor].Data))] {
						if l.Range.Span() == 0 {
							continue // there is no other value to claim
						}
						claimed := append(program.Trace(nil), trace...)
						y := *trace[l.Tensor]
						y.Data = append([]int64(nil), y.Data...)
						if y.Data[i] = x + 1; x == l.Range.Max {
							y.Data[i] = x - 1
						}
						claimed[l.Tensor] = &y
						require.Error(t, s.solve(s.full, honest, s.claim(claimed)), "tensor %d, element %d: %d in place of %d", l.Tensor, i, y.Data[i], x)
					}
				}
			})
		}
	}
}
