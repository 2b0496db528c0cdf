package circuits

import (
	"assay/internal/testprogram"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"

	"assay/circuits/gadget"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"
	"github.com/stretchr/testify/require"
)

// calls says what the advice of a model means.
type calls struct {
	total  int         // advice calls before the multiplicities
	start  []int       // per node: its first call; then total
	tensor map[int]int // call -> the tensor whose elements it advises
	offset map[int]int64
	site   map[int]string // call -> the place in the code that asks for it
}

// trace walks node by node and notes which calls belong to which.
func (s *system) calls(t *testing.T, trace program.Trace) calls {
	w := &walk{s: gadget.NewTrace(), program: s.Program, plan: s.Plan, trace: trace}
	at := func() int { return len(w.s.Advice()) }
	c := calls{tensor: map[int]int{}, offset: map[int]int64{}, site: map[int]string{}}
	w.s.OnAdvice(func(call int) { c.site[call] = adviser() })
	w.inputs()
	for _, id := range s.Program.Inputs {
		require.Greater(t, s.Program.Tensors[id].Shape.Size(), 1, "an input of one element looks like a limb")
	}
	for call, id := 0, 0; id < len(s.Program.Inputs); id++ {
		// The call of an input is the one before its range checks, which may advise limbs.
		for ; len(w.s.Advice()[call]) != s.Program.Tensors[s.Program.Inputs[id]].Shape.Size(); call++ {
		}
		c.tensor[call] = s.Program.Inputs[id]
		c.offset[call] = s.Program.Tensors[c.tensor[call]].Range.Min
		call++
	}
	for i, n := range s.Program.Nodes {
		c.start = append(c.start, at())
		wide := map[int]bool{}
		for _, a := range n.Kernel.Args() {
			_, wide[a] = w.tensors[a].(*derived)
		}
		require.NoError(t, w.step(i))
		// A call advises a tensor whose wires this step made where it holds that tensor's contents.
		for _, id := range append([]int{n.Out}, n.Kernel.Args()...) {
			made, ok := w.tensors[id].(*narrow)
			if !ok || id != n.Out && !wide[id] {
				continue
			}
			for call := c.start[i]; call < at(); call++ {
				if slices.EqualFunc(w.s.Advice()[call], made.wires, func(x int64, w gadget.Wire) bool { return x == w.X }) {
					c.tensor[call], c.offset[call] = id, made.offset
				}
			}
		}
	}
	c.total = at()
	c.start = append(c.start, c.total)
	return c
}

// recounter walks the circuit in gnark's test engine and recounts the multiplicities.
type recounter struct {
	Circuit
	result *gadget.Advice
}

func (c *recounter) Define(api frontend.API) error {
	w := &walk{s: gadget.NewEngine(api, c.advice), program: c.model.Program, plan: c.model.Plan}
	if err := w.run(); err != nil {
		return err
	}
	a, ok := w.s.Recount()
	*c.result = a
	if !ok {
		return fmt.Errorf("a query is not a row")
	}
	return nil
}

// recount gives advice with the best multiplicities; an error says that none serve. They are then those of the queries that are
// rows, unless the walk fails.
func (s *system) recount(a gadget.Advice) (gadget.Advice, error) {
	var out gadget.Advice
	c := &recounter{*s.Engine(a), &out}
	assignment := &recounter{Circuit: *s.Circuit()}
	assignment.H, assignment.P = 0, 0
	for i := range assignment.Salt {
		assignment.Salt[i] = 0
	}
	err := test.IsSolved(c, assignment, ecc.BN254.ScalarField())
	return out, err
}

func clone(a gadget.Advice) gadget.Advice {
	b := make(gadget.Advice, len(a))
	for i := range a {
		b[i] = slices.Clone(a[i])
	}
	return b
}

// propagate is the advice of a prover who claims value y for one element of the tensor that a call advises, and is
// honest about everything that follows from it. It is false where an honest continuation does not exist.
func (s *system) propagate(c calls, honest gadget.Advice, trace program.Trace, call, element int, y int64) (a gadget.Advice, ok bool) {
	id, advises := c.tensor[call]
	if !advises {
		return nil, false
	}
	forged := slices.Clone(trace)
	x := *trace[id]
	x.Data = slices.Clone(x.Data)
	x.Data[element] = y + c.offset[call]
	if d := s.Program.Tensors[id]; slices.Contains(s.Program.Inputs, id) && !d.Range.Contains(x.Data[element]) {
		return nil, false
	}
	forged[id] = &x
	node := 0 // the first node after the forged one
	for node < len(s.Program.Nodes) && c.start[node] <= call {
		node++
	}
	own := node - 1 // the node that the call belongs to, -1 for an input
	if own >= 0 && s.Program.Nodes[own].Out != id {
		node = own // an operand made wires: the node itself reads it
	}
	defer func() {
		if recover() != nil {
			a, ok = nil, false // a kernel that takes its operand's range for granted
		}
	}()
	for _, n := range s.Program.Nodes[node:] {
		var in []*tensor.Int
		for _, a := range n.Kernel.Args() {
			in = append(in, forged[a])
		}
		y, err := n.Kernel.Eval(in)
		if err != nil {
			return nil, false
		}
		forged[n.Out] = y
	}
	var err error
	a, err = s.Advice(forged)
	if err != nil {
		return nil, false
	}
	if own >= 0 {
		// What comes before is honest, and so is the rest of the node's own advice, but for differences from a maximum.
		copy(a[:c.start[own]], honest[:c.start[own]])
	}
	a[call] = slices.Clone(a[call])
	a[call][element] = y
	return a, true
}

// judge requires that the system refuses forged advice, unless it is the very advice of an honest evaluation of
// the inputs that it holds; then it must be accepted, and refused with the claim of another evaluation. again says that the
// multiplicities could be made those of the forged queries, or of as many of them as are rows.
func (s *system) judge(t *testing.T, c calls, forged gadget.Advice, claim func() program.Trace, what string) (legitimate, again bool) {
	t.Helper()
	truth := s.evaluationOf(c, forged)
	same := truth != nil && reflect.DeepEqual(truth[:c.total], forged[:c.total])
	if !same || !reflect.DeepEqual(truth, forged) {
		require.Error(t, s.solve(s.unclaimed, forged, s.rho), "%s, multiplicities as they were", what)
	}
	recounted, err := s.recount(forged)
	if err != nil {
		require.False(t, same, "%s: an honest evaluation is refused: %v", what, err)
		if recounted != nil {
			require.Error(t, s.solve(s.unclaimed, recounted, s.rho), "%s, multiplicities of those queries that are rows", what)
		}
		return false, recounted != nil
	}
	if err = s.solve(s.unclaimed, recounted, s.rho); same {
		require.NoError(t, err, "%s: an honest evaluation", what)
		require.Error(t, s.solve(s.full, recounted, s.claim(claim())), "%s: values of another evaluation", what)
		return true, true
	}
	require.Error(t, err, "%s, multiplicities recounted", what)
	return false, true
}

// evaluationOf is the honest advice for the inputs that advice holds, nil when they are out of range.
func (s *system) evaluationOf(c calls, a gadget.Advice) gadget.Advice {
	var in []*tensor.Int
	for _, id := range s.Program.Inputs {
		d := s.Program.Tensors[id]
		x := tensor.New[int64](d.Shape)
		for call, of := range c.tensor {
			if of == id {
				for i, v := range a[call] {
					x.Data[i] = v + c.offset[call]
				}
			}
		}
		in = append(in, x)
	}
	trace, err := s.Program.Run(in)
	if err != nil {
		return nil
	}
	truth, err := s.Advice(trace)
	if err != nil {
		return nil
	}
	return truth
}

// mutants are other values of a wire. A negative one is an element of the field near its modulus.
func mutants(rng *rand.Rand, x int64) []int64 {
	var ms []int64
	for _, m := range []int64{x + 1, x - 1, 2 * x, rng.Int63n(1 << 20), -x} {
		if m != x && !slices.Contains(ms, m) {
			ms = append(ms, m)
		}
	}
	return ms
}

// Every advice wire of every form, replaced by another value, with and without an honest continuation; and nothing in
// the code asks for advice that is not forged so.
func TestForgedAdviceIsRefused(t *testing.T) {
	const sample = 16 // wires per evaluation, beyond one a call
	seen := newCoverage()
	var continuing, recounting atomic.Int64 // forms of which some forgery was continued, and recounted
	t.Run("forms", func(t *testing.T) {
		for i, f := range forms {
			t.Run(f.name, func(t *testing.T) {
				t.Parallel()
				rng := rand.New(rand.NewSource(int64(i)))
				v := visibilities[i%2]
				s := newSystem(t, f.build(t), v, v)
				tried, legitimate, continued, recounted := 0, 0, 0, 0
				for _, in := range [][]*tensor.Int{testprogram.Inputs(rng, s.Program), corners(s.Program)[2]} {
					trace, honest := s.honest(t, in)
					require.NoError(t, s.solve(s.full, honest, s.claim(trace)))
					c := s.calls(t, trace)
					judge := func(a gadget.Advice, what string) {
						tried++
						same, again := s.judge(t, c, a, func() program.Trace { return trace }, what)
						if same {
							legitimate++
						} else if again {
							recounted++
						}
					}
					for _, w := range wires(rng, honest[:c.total], sample) {
						for _, m := range mutants(rng, honest[w.call][w.element]) {
							what := fmt.Sprintf("call %d of %s, element %d: %d in place of %d", w.call, c.site[w.call], w.element, m, honest[w.call][w.element])
							alone := clone(honest)
							alone[w.call][w.element] = m
							judge(alone, what)
							if a, ok := s.propagate(c, honest, trace, w.call, w.element, m); ok {
								continued++
								judge(a, what+", continued")
							}
						}
					}
					// The multiplicities themselves.
					for call := c.total; call < len(honest); call++ {
						e := rng.Intn(len(honest[call]))
						for _, m := range mutants(rng, honest[call][e]) {
							a := clone(honest)
							a[call][e] = m
							require.Error(t, s.solve(s.unclaimed, a, s.rho), "multiplicity of call %d", call)
						}
					}
					seen.add(s.Model, c)
				}
				t.Logf("%d forgeries, %d of them honest evaluations of other inputs, %d continued, %d recounted", tried, legitimate, continued, recounted)
				require.Greater(t, tried, legitimate)
				if continued > 0 {
					continuing.Add(1)
				}
				if recounted > 0 {
					recounting.Add(1)
				}
			})
		}
	})
	require.Greater(t, int(continuing.Load()), len(forms)*9/10, "forms of which a forgery is continued")
	require.Greater(t, int(recounting.Load()), len(forms)*9/10, "forms of which a forgery is recounted")
	seen.require(t)
}

// wire is one element of an advice call.
type wire struct{ call, element int }

// wires picks one element of each call and some more.
func wires(rng *rand.Rand, advice gadget.Advice, more int) []wire {
	var all, rest []wire
	for call := range advice {
		keep := rng.Intn(len(advice[call]))
		for e := range advice[call] {
			if e == keep {
				all = append(all, wire{call, e})
			} else {
				rest = append(rest, wire{call, e})
			}
		}
	}
	rng.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	return append(all, rest[:min(more, len(rest))]...)
}
