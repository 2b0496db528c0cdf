// Package gadget holds the constraints that kernels are made of, each beside the advice that it constrains.
//
// A circuit is written once, over Wire, and walked in two ways. Synthesis walks it with a frontend.API and makes
// constraints. Tracing walks it with the integers of one evaluation and makes the advice: the values that the
// prover supplies and the constraints pin down. Because one piece of code does both, advice and constraints
// cannot drift apart; because advice comes from tracing and not from hint inputs, a long linear combination
// enters the constraint system once.
//
// # Soundness
//
// Advice wires are unconstrained until a gadget constrains them. All of them are committed (together with the
// public input H) by one Pedersen commitment before any challenge exists, and every table argument draws its
// challenges from that commitment, see challenges and Table.
//
// Integer statements are proven in the field as follows. Every advice wire that stands for an integer is bounded by
// tables, which make it a nonnegative integer below 2^80, or pinned by an equation to what is one. Every linear
// combination that a gadget treats as an integer has coefficients and operands bounded by interval arithmetic to 63
// bits. Sums of such terms, shifted by at most 2^40, stay below 2^125 in magnitude, and products of two below 2^160,
// far from the 254-bit modulus, so an equation in the field is an equation of integers.
package gadget

import (
	"fmt"

	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
)

// Wire is a value in both walks: V is its variable (nil while tracing), X its integer (0 while synthesizing).
type Wire struct {
	V frontend.Variable
	X int64
}

// Synth is one walk over a circuit.
type Synth struct {
	api       frontend.API // nil while tracing
	evaluates bool         // whether Wire.X is meaningful
	engine    bool         // the API is gnark's test engine
	advice    Advice
	calls     int // advice calls so far
	committed []frontend.Variable
	tables    []*Table
	later     []func(Challenges) error
	onAdvice  func(call int)          // nil but in tests
	raw       *constraint.BlueprintID // of constraints made by assertR1C
	err       error
}

// NewSynthesis walks with an API alone: it makes the constraint system.
func NewSynthesis(api frontend.API) *Synth { return &Synth{api: api} }

// NewTrace walks with integers alone: it makes the advice.
func NewTrace() *Synth { return &Synth{evaluates: true} }

// NewEngine walks with the API of gnark's test engine and the advice of an earlier trace, which may have been
// tampered with.
func NewEngine(api frontend.API, advice Advice) *Synth {
	return &Synth{api: api, engine: true, advice: advice}
}

// API is the frontend API, nil while tracing.
func (s *Synth) API() frontend.API { return s.api }

// Tracing reports whether there are no constraints to make.
func (s *Synth) Tracing() bool { return s.api == nil }

// Evaluates reports whether Wire.X is meaningful.
func (s *Synth) Evaluates() bool { return s.evaluates }

// Advice is the advice of a finished trace.
func (s *Synth) Advice() Advice { return s.advice }

// Err is the first error of the walk.
func (s *Synth) Err() error { return s.err }

func (s *Synth) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// Advise makes one advice wire for each element of xs. xs[i] is read only when the walk evaluates. Every wire
// must be bounded by a table or pinned by an equation that the caller adds.
func (s *Synth) Advise(xs []int64) []Wire {
	ws := make([]Wire, len(xs))
	if len(xs) == 0 {
		return ws
	}
	call := s.calls
	s.calls++
	if s.onAdvice != nil {
		s.onAdvice(call)
	}
	if s.evaluates {
		for i, x := range xs {
			if x < 0 {
				s.fail(fmt.Errorf("advice call %d: element %d: want a nonnegative integer, got %d", call, i, x))
			}
			ws[i].X = x
		}
		s.advice = append(s.advice, append([]int64(nil), xs...))
	}
	if s.api == nil {
		return ws
	}
	hint := Oracle
	if s.engine {
		hint = s.advice.hint
	}
	vs, err := s.api.Compiler().NewHint(hint, len(xs), call)
	if err != nil {
		s.fail(fmt.Errorf("advice call %d: %w", call, err))
		for i := range vs {
			vs[i] = 0
		}
	}
	for i := range ws {
		if err != nil {
			ws[i].V = 0
			continue
		}
		ws[i].V = vs[i]
	}
	if err == nil {
		s.committed = append(s.committed, vs...)
	}
	return ws
}

// Commit adds a variable to what the challenges depend on.
func (s *Synth) Commit(v frontend.Variable) { s.committed = append(s.committed, v) }

// Constant is a wire of known value.
func (s *Synth) Constant(x int64) Wire {
	if s.api == nil {
		return Wire{X: x}
	}
	return Wire{V: x, X: x}
}

// Combine is c0 + sum of coefs[i]*ws[i].
func (s *Synth) Combine(c0 int64, coefs []int64, ws ...Wire) Wire {
	r := Wire{X: c0}
	if s.evaluates {
		for i, w := range ws {
			r.X += coefs[i] * w.X
		}
	}
	if s.api == nil {
		return r
	}
	vs := make([]frontend.Variable, 0, len(ws)+2)
	vs = append(vs, c0)
	for i, w := range ws {
		switch coefs[i] {
		case 0:
		case 1:
			vs = append(vs, w.V)
		default:
			vs = append(vs, s.api.Mul(w.V, coefs[i]))
		}
	}
	r.V = s.Sum(vs)
	return r
}

// Sum adds variables as one linear combination.
func (s *Synth) Sum(vs []frontend.Variable) frontend.Variable {
	switch len(vs) {
	case 0:
		return 0
	case 1:
		return vs[0]
	}
	return s.api.Add(vs[0], vs[1], vs[2:]...)
}

// AssertProduct makes the one constraint a*b = c.
func (s *Synth) AssertProduct(a, b, c frontend.Variable) {
	if s.api == nil {
		return
	}
	compiler := s.api.Compiler()
	cs, ok := compiler.(rawR1CS)
	if s.engine || !ok {
		s.api.AssertIsEqual(s.api.Mul(a, b), c)
		return
	}
	s.assertR1C(cs, a, b, c)
}

// Product is a*b, one constraint. Where an operand is known while synthesizing there would be none: then one that
// holds anyway is made, so that the number of constraints is that of the calls.
func (s *Synth) Product(a, b Wire) Wire {
	r := Wire{}
	if s.evaluates {
		r.X = a.X * b.X
	}
	if s.api == nil {
		return r
	}
	r.V = s.api.Mul(a.V, b.V)
	if s.constant(a) || s.constant(b) {
		s.AssertProduct(a.V, b.V, r.V)
	}
	return r
}

func (s *Synth) constant(w Wire) bool {
	_, ok := s.api.Compiler().ConstantValue(w.V)
	return ok
}

// AssertSomeZero makes the product of ws zero with len(ws)-1 constraints: at least one of them is zero.
func (s *Synth) AssertSomeZero(ws []Wire) {
	if s.api == nil {
		return
	}
	switch len(ws) {
	case 0:
		s.fail(fmt.Errorf("some of no wires cannot be zero"))
		return
	case 1:
		s.api.AssertIsEqual(ws[0].V, 0)
		return
	}
	p := ws[0].V
	for _, w := range ws[1 : len(ws)-1] {
		p = s.api.Mul(p, w.V)
	}
	s.AssertProduct(p, ws[len(ws)-1].V, 0)
}
