package solver

import (
	"fmt"
	"math"
	"sync"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"

	"assay/circuits/gadget"
)

// constant stands for wire 0 in the terms of gnark's own hints.
const constant = math.MaxUint32

// chunk is the number of instructions that a processor takes at a time, of levels that are worth sharing.
const chunk = 1 << 10

// pool shares the instructions of a level.
type pool struct {
	s       *Solver
	workers []*worker
}

// solve runs the instructions of a level.
func (p *pool) solve(level []uint32) error {
	n := min(p.s.tasks, (len(level)+chunk-1)/chunk)
	for len(p.workers) < n {
		p.workers = append(p.workers, &worker{s: p.s})
	}
	if n == 1 {
		return p.workers[0].solve(level)
	}
	errs := make([]error, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for i, w := range p.workers[:n] {
		wg.Go(func() {
			for errs[i] == nil {
				at := int(next.Add(chunk)) - chunk
				if at >= len(level) {
					return
				}
				errs[i] = w.solve(level[at:min(at+chunk, len(level))])
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// worker solves constraints that do not depend on one another.
type worker struct {
	s         *Solver
	entries   []gadget.Entry
	quotients []quotient
	prefix    []fr.Element
	r1c       constraint.R1C
}

// quotient is a constraint whose left side is its out divided by its right.
type quotient struct{ constraint, wire uint32 }

func (w *worker) solve(ids []uint32) error {
	w.quotients = w.quotients[:0]
	for _, id := range ids {
		pi := w.s.r.Instructions[id]
		var err error
		switch b := w.s.r.Blueprints[pi.BlueprintID].(type) {
		case equation:
			err = w.equation(pi, b.Read(w.s.r.CallData[pi.StartCallData:]))
		case constraint.BlueprintR1C:
			err = w.general(id, pi, b)
		}
		if err != nil {
			return err
		}
	}
	return w.divide()
}

// equation computes the sides of a constraint, and the wire that it makes.
func (w *worker) equation(pi constraint.PackedInstruction, e gadget.Equation) error {
	s, id := w.s, pi.ConstraintOffset
	for i, to := range []*fr.Element{&s.a[id], &s.b[id], &s.c[id]} {
		var t sum
		t.terms(s, e.Terms[i])
		if e.Layer != nil && e.At == i {
			if sums := s.sums[e.Layer]; sums != nil {
				t.add(sums[e.Row], e.Factor)
			} else {
				w.entries = e.Layer.Entries(e.Row, w.entries[:0])
				t.row(s, w.entries, e.Factor)
			}
		}
		t.value(to)
	}
	var product fr.Element
	switch e.Makes {
	case -1:
		if !product.Mul(&s.a[id], &s.b[id]).Equal(&s.c[id]) {
			return s.unsatisfied(id)
		}
	case 0:
		if !s.a[id].IsZero() {
			return fmt.Errorf("constraint %d: want nothing beside a quotient", id)
		}
		w.quotients = append(w.quotients, quotient{id, pi.WireOffset})
	case 2:
		product.Mul(&s.a[id], &s.b[id])
		s.wires[pi.WireOffset].Sub(&product, &s.c[id])
		s.c[id] = product
	default:
		return fmt.Errorf("constraint %d: want a wire on its left or out, got side %d", id, e.Makes)
	}
	return nil
}

// divide makes the quotients with one inversion. One by zero is zero where what is divided is zero.
func (w *worker) divide() error {
	s := w.s
	w.prefix = w.prefix[:0]
	product := fr.One()
	for _, q := range w.quotients {
		w.prefix = append(w.prefix, product)
		if b := &s.b[q.constraint]; !b.IsZero() {
			product.Mul(&product, b)
		} else if !s.c[q.constraint].IsZero() {
			return s.unsatisfied(q.constraint)
		}
	}
	if len(w.quotients) == 0 {
		return nil
	}
	product.Inverse(&product)
	for i := len(w.quotients) - 1; i >= 0; i-- {
		q := w.quotients[i]
		a, b := &s.a[q.constraint], &s.b[q.constraint]
		a.SetZero()
		if !b.IsZero() {
			a.Mul(&product, &w.prefix[i]).Mul(a, &s.c[q.constraint])
			product.Mul(&product, b)
		}
		s.wires[q.wire] = *a
	}
	return nil
}

// general computes one of gnark's own constraints.
func (w *worker) general(id uint32, pi constraint.PackedInstruction, b constraint.BlueprintR1C) error {
	s := w.s
	b.DecompressR1C(&w.r1c, pi.Unpack(&s.r.System))
	u, solves := s.wide[id]
	sides := [3]*fr.Element{&s.a[pi.ConstraintOffset], &s.b[pi.ConstraintOffset], &s.c[pi.ConstraintOffset]}
	for i, l := range []constraint.LinearExpression{w.r1c.L, w.r1c.R, w.r1c.O} {
		var t sum
		for _, term := range l {
			if !solves || term.VID != u.wire {
				t.terms(s, []uint32{term.CID, term.VID})
			}
		}
		t.value(sides[i])
	}
	a, b1, c := sides[0], sides[1], sides[2]
	var product, whole fr.Element
	product.Mul(a, b1)
	if !solves {
		if !product.Equal(c) {
			return s.unsatisfied(pi.ConstraintOffset)
		}
		return nil
	}
	// whole is what the side of the wire comes to.
	by := b1
	switch u.side {
	case 0:
	case 1:
		by = a
	default:
		by = nil
	}
	if by == nil {
		whole = product
	} else if by.IsZero() {
		if !c.IsZero() {
			return s.unsatisfied(pi.ConstraintOffset)
		}
		whole = *sides[u.side]
	} else {
		whole.Div(c, by)
	}
	var wire fr.Element
	wire.Sub(&whole, sides[u.side])
	s.wires[u.wire].Div(&wire, &s.r.Coefficients[u.coefficient])
	*sides[u.side] = whole
	return nil
}

// unsatisfied names a constraint that the wires do not satisfy.
func (s *Solver) unsatisfied(id uint32) error {
	return fmt.Errorf("constraint %d of %d is not satisfied", id, s.r.GetNbConstraints())
}

// sum sums the rows of the layers.
func (s *Solver) sum() {
	clear(s.sums)
	sums := make([][]int64, len(s.layers))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(s.tasks, len(s.layers)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(sums); i = int(next.Add(1)) - 1 {
				sums[i] = s.layers[i].Sums(s.small, s.advised)
			}
		})
	}
	wg.Wait()
	for i, l := range s.layers {
		s.sums[l] = sums[i]
	}
}

// advise sets the wires that are advice.
func (s *Solver) advise(a gadget.Advice) error {
	for _, c := range s.calls {
		if c.number >= len(a) || len(a[c.number]) != c.end-c.start {
			got := -1
			if c.number < len(a) {
				got = len(a[c.number])
			}
			return fmt.Errorf("advice call %d: want %d values, got %d", c.number, c.end-c.start, got)
		}
	}
	var wg sync.WaitGroup
	share := (len(s.calls) + s.tasks - 1) / s.tasks
	for at := 0; at < len(s.calls); at += share {
		wg.Go(func() {
			for _, c := range s.calls[at:min(at+share, len(s.calls))] {
				for i, x := range a[c.number] {
					s.small[c.start+i] = x
					s.wires[c.start+i].SetInt64(x)
				}
			}
		})
	}
	wg.Wait()
	return nil
}
