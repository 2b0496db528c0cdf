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
// public input H) by one Pedersen commitment before any challenge exists. Tables (see Table, and Union for functions whose ends
// share the rows of the range table) and identities of polynomials are tested at challenges that are drawn from it: all at
// the one point rho, but where a table joins columns (see Finish). The chances that any passes falsely add up.
//
// Integer statements are proven in the field as follows. Every advice wire that stands for an integer is bounded by
// tables, which make it a nonnegative integer below 2^80, or pinned by an equation to what is one. Every linear
// combination that a gadget treats as an integer has coefficients and operands bounded by interval arithmetic to 63
// bits. Sums of such terms, shifted by at most 2^40, stay below 2^125 in magnitude, and products of two below 2^160,
// far from the 254-bit modulus, so an equation in the field is an equation of integers.
package gadget

import (
	"fmt"
	"math"

	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/constraint/solver"
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
	tables    []*Table // but for the folds of unions
	unions    []*united
	closed    bool // whether the advice is complete: what came later would be bound by nothing
	later     []func(Challenges) error
	onAdvice  func(call int) // nil but in tests
	err       error

	// Of a synthesis alone.
	compiler   frontend.Compiler
	raw        rawR1CS
	coefs      *coefficients
	blueprints map[equation]constraint.BlueprintID
	supply     constraint.BlueprintID
	hint       constraint.BlueprintID
	calldata   []uint32
}

// NewSynthesis walks with an API alone: it makes the constraint system, with gnark's builder of an R1CS.
func NewSynthesis(api frontend.API) *Synth {
	s := &Synth{api: api, compiler: api.Compiler(), blueprints: map[equation]constraint.BlueprintID{}}
	raw, ok := s.compiler.(rawR1CS)
	if !ok {
		s.fail(fmt.Errorf("synthesize circuit: want gnark's builder of an R1CS, got %T", s.compiler))
		return s
	}
	s.raw = raw
	s.coefs = newCoefficients(func(x any) uint32 {
		l, ok := raw.ToCanonicalVariable(x).(constraint.LinearExpression)
		if !ok || len(l) != 1 {
			s.fail(fmt.Errorf("synthesize circuit: want a coefficient of an R1CS, got %T", l))
			return 0
		}
		return l[0].CID
	})
	s.supply, s.hint = raw.AddBlueprint(supply{}), raw.AddBlueprint(new(constraint.BlueprintGenericHint))
	return s
}

// NewTrace walks with integers alone: it makes the advice.
func NewTrace() *Synth { return &Synth{evaluates: true} }

// NewEngine walks with the API of gnark's test engine and the advice of an earlier trace, which may have been
// tampered with.
func NewEngine(api frontend.API, advice Advice) *Synth {
	return &Synth{api: api, engine: true, advice: advice}
}

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
	s.open("advice")
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
	switch {
	case s.api == nil:
	case s.engine:
		vs, err := s.api.Compiler().NewHint(s.advice.hint, len(xs), call)
		if err != nil {
			s.fail(fmt.Errorf("advice call %d: %w", call, err))
			vs = make([]frontend.Variable, len(xs))
			for i := range vs {
				vs[i] = 0
			}
		}
		for i := range ws {
			ws[i].V = vs[i]
		}
		s.committed = append(s.committed, vs...)
	default:
		for i, id := range s.ask(call, len(xs)) {
			ws[i].V = wire(id)
			s.committed = append(s.committed, ws[i].V)
		}
	}
	return ws
}

// ask makes n wires to which Oracle gives the advice of a call. gnark notes that a system needs a hint where it is asked for
// in its own way, which the first call does; the others make no variables for their wires.
func (s *Synth) ask(call, n int) []uint32 {
	if call == 0 {
		vs, err := s.compiler.NewHint(Oracle, n, call)
		if err != nil {
			s.fail(fmt.Errorf("advice call %d: %w", call, err))
			return make([]uint32, n)
		}
		ids := make([]uint32, n)
		for i, v := range vs {
			var f form
			s.accumulate(&f, 1, v)
			ids[i] = f.terms[0].VID
		}
		return ids
	}
	ids := s.raw.AddInstruction(s.supply, []uint32{uint32(n)})
	const digit = 1 << 12 // a call is a sum of two constants, so that calls do not fill the table of coefficients
	low, high := s.coefs.of(int64(call%digit)), s.coefs.of(int64(call-call%digit))
	s.raw.AddInstruction(s.hint, []uint32{10, uint32(solver.GetHintID(Oracle)), 1,
		2, low, math.MaxUint32, high, math.MaxUint32, ids[0], ids[0] + uint32(n)})
	return ids
}

// Commit adds a variable to what the challenges depend on.
func (s *Synth) Commit(v frontend.Variable) {
	s.open("variable to commit to")
	s.committed = append(s.committed, v)
}

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
	if s.engine {
		r.V = c0
		for i, w := range ws {
			r.V = s.api.Add(r.V, s.api.Mul(w.V, coefs[i]))
		}
		return r
	}
	if c0 == 0 && len(ws) == 1 && coefs[0] == 1 {
		r.V = ws[0].V
		return r
	}
	f := &form{terms: make([]constraint.Term, 0, len(ws)+2)}
	f.constant.SetInt64(c0)
	for i, w := range ws {
		s.accumulate(f, coefs[i], w.V)
	}
	r.V = f
	return r
}

// Sum adds variables as one linear combination. It is for walks that do not evaluate.
func (s *Synth) Sum(vs []frontend.Variable) frontend.Variable {
	if s.engine {
		var sum frontend.Variable = 0
		for _, v := range vs {
			sum = s.api.Add(sum, v)
		}
		return sum
	}
	f := &form{terms: make([]constraint.Term, 0, len(vs))}
	for _, v := range vs {
		s.accumulate(f, 1, v)
	}
	return f
}

// AssertEqual makes the one constraint a = b. The wider is better b.
func (s *Synth) AssertEqual(a, b Wire) {
	switch {
	case s.api == nil:
	case s.engine:
		s.api.AssertIsEqual(a.V, b.V)
	default:
		s.equate(a.V, int64(1), b.V, none)
	}
}

// AssertProduct makes the one constraint a*b = c.
func (s *Synth) AssertProduct(a, b, c frontend.Variable) {
	switch {
	case s.api == nil:
	case s.engine:
		s.api.AssertIsEqual(s.api.Mul(a, b), c)
	default:
		s.equate(a, b, c, none)
	}
}

// Product is a*b, a wire and the one constraint that makes it. An operand that is full-size is better a: what stands on the
// right costs the prover an operation in G2.
func (s *Synth) Product(a, b Wire) Wire {
	r := Wire{}
	if s.evaluates {
		r.X = a.X * b.X
	}
	switch {
	case s.api == nil:
	case s.engine:
		r.V = s.api.Mul(a.V, b.V)
	default:
		r.V = s.equate(a.V, b.V, nil, out)
	}
	return r
}

// Quotient is a/b for b that is not zero, a wire and the one constraint that makes it. It is for walks that do not evaluate.
func (s *Synth) Quotient(a, b Wire) Wire {
	switch {
	case s.api == nil:
		return Wire{}
	case s.engine:
		return Wire{V: s.api.DivUnchecked(a.V, b.V)}
	default:
		return Wire{V: s.equate(nil, b.V, a.V, left)}
	}
}

// Variable gives a wire to gnark's own operations. What they make can be a Wire again.
func (s *Synth) Variable(w Wire) frontend.Variable { return s.foreign(w.V) }

// AssertSomeZero makes the product of ws zero with len(ws)-1 constraints, or one: at least one of them is zero.
func (s *Synth) AssertSomeZero(ws []Wire) {
	if s.api == nil {
		return
	}
	switch len(ws) {
	case 0:
		s.fail(fmt.Errorf("some of no wires cannot be zero"))
		return
	case 1:
		s.AssertEqual(Wire{V: 0}, ws[0])
		return
	}
	p := ws[0]
	for _, w := range ws[1 : len(ws)-1] {
		p = s.Product(p, w)
	}
	s.AssertProduct(p.V, ws[len(ws)-1].V, 0)
}
