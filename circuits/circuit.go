// Package circuits turns an integer program into constraints: one file per kernel, a planner, and the layout of
// the statement's public values.
//
// # Statement
//
// The verifier holds values v_0..v_(n-1) (packed or digested inputs and outputs) and a context. The circuit has
// two public inputs whatever the model: H, a hash of context and values, and P = sum of v_i * rho^i, where rho is
// the hash of the proof's Pedersen commitment D and H. The commitment covers every advice wire, hence the
// circuit's own copies v'_i, and (through H) the verifier's values, before rho is drawn. The circuit asserts
// sum of v'_i * rho^i = P. Two lists of n values that differ agree at a random rho with probability at most n/r,
// so v' = v; tables and identities are tested at the same rho, and this chance is added to theirs. The length n is part of the verifying key: a list with trailing zeros has the same P.
package circuits

import (
	"fmt"

	"assay/circuits/gadget"
	"assay/ir/program"

	"github.com/consensys/gnark/frontend"
)

// Circuit is the statement "the program maps these inputs to these outputs".
type Circuit struct {
	H    frontend.Variable   `gnark:",public"`
	P    frontend.Variable   `gnark:",public"`
	Salt []frontend.Variable `gnark:",secret"` // one a committed tensor

	model  *Model        `gnark:"-"`
	advice gadget.Advice `gnark:"-"` // of the test engine
}

// Model is a program with everything that its constraints depend on.
type Model struct {
	Program *program.Program
	Plan    *Plan
	Layouts []Layout
	Inputs  Visibility
	Outputs Visibility
}

// NewModel plans p by the reference weights and lays out its statement.
func NewModel(p *program.Program, inputs, outputs Visibility) (*Model, error) {
	return NewModelBy(Reference, p, inputs, outputs)
}

// NewModelBy plans p by weights w and lays out its statement.
func NewModelBy(w Weights, p *program.Program, inputs, outputs Visibility) (*Model, error) {
	if err := p.Verify(); err != nil {
		return nil, err
	}
	for _, v := range []Visibility{inputs, outputs} {
		if v != Public && v != Committed {
			return nil, fmt.Errorf("circuits: visibility: want %q or %q, got %q", Public, Committed, v)
		}
	}
	m := &Model{Program: p, Layouts: Layouts(p, inputs, outputs), Inputs: inputs, Outputs: outputs}
	statement := max(m.Values(), 2) + 2
	for _, l := range m.Layouts {
		if l.Visibility == Committed {
			statement += (l.Words + 1) * digestConstraints
		}
	}
	var err error
	if m.Plan, err = NewPlan(p, statement, w); err != nil {
		return nil, err
	}
	return m, nil
}

// Constraints of the Poseidon2 permutations for challenges and for one word of a digest.
const (
	challengeConstraints = 3*(8*3+56) + 3
	digestConstraints    = 3 * (6*2 + 50)
)

// Values is the number of public values.
func (m *Model) Values() int {
	n := 0
	for _, l := range m.Layouts {
		n += l.Values
	}
	return n
}

// Salts is the number of committed tensors.
func (m *Model) Salts() int {
	n := 0
	for _, l := range m.Layouts {
		if l.Visibility == Committed {
			n++
		}
	}
	return n
}

// Circuit is the template to compile.
func (m *Model) Circuit() *Circuit {
	return &Circuit{model: m, Salt: make([]frontend.Variable, m.Salts())}
}

// Engine is the template for gnark's test engine, with the prover's advice.
func (m *Model) Engine(a gadget.Advice) *Circuit {
	c := m.Circuit()
	c.advice = a
	return c
}

// Advice traces the circuit over an evaluation of the program.
func (m *Model) Advice(t program.Trace) (gadget.Advice, error) {
	w := &walk{s: gadget.NewTrace(), program: m.Program, plan: m.Plan, trace: t}
	if err := w.run(); err != nil {
		return nil, err
	}
	if _, err := w.s.Finish(nil); err != nil {
		return nil, err
	}
	return w.s.Advice(), nil
}

// Define implements frontend.Circuit.
func (c *Circuit) Define(api frontend.API) error {
	s, sum, err := c.evaluate(api)
	if err != nil {
		return err
	}
	s.AssertEqual(gadget.Wire{V: c.P}, sum)
	return s.Err()
}

// evaluate makes the constraints of the program and gives the circuit's own P.
func (c *Circuit) evaluate(api frontend.API) (*gadget.Synth, gadget.Wire, error) {
	var s *gadget.Synth
	if c.advice != nil {
		s = gadget.NewEngine(api, c.advice)
	} else {
		s = gadget.NewSynthesis(api)
	}
	w := &walk{s: s, program: c.model.Program, plan: c.model.Plan}
	if err := w.run(); err != nil {
		return nil, gadget.Wire{}, err
	}
	values, err := w.publicValues(api, c.model.Layouts, c.Salt)
	if err != nil {
		return nil, gadget.Wire{}, err
	}
	api.Mul(c.H, c.H) // a constraint on H, so that its point in the verifying key is not infinity
	rho, err := s.Finish(c.H)
	if err != nil {
		return nil, gadget.Wire{}, err
	}
	sum := values[len(values)-1]()
	if len(values) == 1 {
		s.Product(gadget.Wire{V: rho}, gadget.Wire{V: rho}) // likewise, for there may be nothing else to test at rho
	}
	for i := len(values) - 2; i >= 0; i-- {
		sum = s.Combine(0, []int64{1, 1}, s.Product(sum, gadget.Wire{V: rho}), values[i]())
	}
	return s, sum, nil
}

// walk is one pass over a program's nodes.
type walk struct {
	s         *gadget.Synth
	program   *program.Program
	plan      *Plan
	trace     program.Trace // nil unless the walk evaluates
	ranges    *gadget.Ranges
	functions map[int]*gadget.Table
	folds     []*gadget.Table
	rows      map[int]*gadget.Table
	powers    map[int]gadget.Wire // of the challenge V
	tensors   []elements
	node      int
}

func (c *walk) run() error {
	c.inputs()
	for i := range c.program.Nodes {
		if err := c.step(i); err != nil {
			return err
		}
	}
	return nil
}

// inputs makes the wires of the program's inputs, each within its declared range.
func (c *walk) inputs() {
	c.ranges = c.s.NewRanges(c.plan.RangeWidth, c.plan.Exact...)
	if c.plan.Union != nil {
		c.folds = c.ranges.Unite(c.plan.Union)
	}
	c.functions, c.rows = map[int]*gadget.Table{}, map[int]*gadget.Table{}
	c.powers = map[int]gadget.Wire{}
	c.tensors = make([]elements, len(c.program.Tensors))
	for _, id := range c.program.Inputs {
		t := c.program.Tensors[id]
		xs := make([]int64, t.Shape.Size())
		for i, v := range c.values(id) {
			xs[i] = v - t.Range.Min
		}
		in := &narrow{wires: c.s.Advise(xs), offset: t.Range.Min, s: c.s}
		for _, w := range in.wires {
			c.ranges.UpTo(w, t.Range.Span())
		}
		c.tensors[id] = in
	}
}

// step makes the tensor of node i.
func (c *walk) step(i int) error {
	n := c.program.Nodes[i]
	k, err := kernelOf(n)
	if err != nil {
		return err
	}
	c.node = i
	if c.tensors[n.Out], err = k.synthesize(c, n); err != nil {
		return fmt.Errorf("node %d (%s): %w", i, n.Kernel.Kind(), err)
	}
	if err := c.s.Err(); err != nil {
		return fmt.Errorf("node %d (%s): %w", i, n.Kernel.Kind(), err)
	}
	return nil
}

// function is the table of a planned function, made at its first use.
func (c *walk) function(i int) *gadget.Table {
	if c.functions[i] == nil {
		f := c.plan.Functions[i]
		switch {
		case f.Fold > 0:
			c.functions[i] = c.folds[f.Fold-1]
		case f.Packed:
			c.functions[i] = c.s.NewPacked(f.Low, f.columns()[0])
		default:
			c.functions[i] = c.s.NewFunction(f.Low, f.columns()...)
		}
	}
	return c.functions[i]
}
