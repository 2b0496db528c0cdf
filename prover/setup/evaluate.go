package setup

import (
	"math/big"
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// polynomials are the values at tau of every wire's three polynomials: the sum over the constraints of the wire's
// coefficient on the left, on the right and in the result times the constraint's Lagrange polynomial.
type polynomials struct{ a, b, c []fr.Element }

// evaluate gives the polynomials of r. The wires are dealt out to the processors in blocks, and each walks all
// constraints for the terms of its own.
func evaluate(r *cs.R1CS, domain *fft.Domain, s *secrets) *polynomials {
	wires := wiresOf(r)
	p := &polynomials{make([]fr.Element, wires), make([]fr.Element, wires), make([]fr.Element, wires)}
	basis := lagrange(r.GetNbConstraints(), domain, s)
	workers := runtime.GOMAXPROCS(0)
	var done sync.WaitGroup
	for w := range workers {
		done.Go(func() { p.walk(r, basis, uint32(w), uint32(workers)) })
	}
	done.Wait()
	clear(basis)
	return p
}

func wiresOf(r *cs.R1CS) int {
	return r.GetNbPublicVariables() + r.GetNbSecretVariables() + r.GetNbInternalVariables()
}

// block is the logarithm of the number of neighbouring wires that one processor has: a line of the cache has one
// owner, and every layer is dealt out.
const block = 8

// walk adds the terms of the wires of one of so many workers.
func (p *polynomials) walk(r *cs.R1CS, basis []fr.Element, worker, workers uint32) {
	coefficients := r.Coefficients
	add := func(to []fr.Element, terms constraint.LinearExpression, l *fr.Element) {
		for i := range terms {
			t := &terms[i]
			if t.VID>>block%workers != worker {
				continue
			}
			e := &to[t.VID]
			switch t.CID {
			case constraint.CoeffIdZero:
			case constraint.CoeffIdOne:
				e.Add(e, l)
			case constraint.CoeffIdMinusOne:
				e.Sub(e, l)
			default:
				var v fr.Element
				v.Mul(&coefficients[t.CID], l)
				e.Add(e, &v)
			}
		}
	}
	it, i := r.GetR1CIterator(), 0
	for c := it.Next(); c != nil; c = it.Next() {
		add(p.a, c.L, &basis[i])
		add(p.b, c.R, &basis[i])
		add(p.c, c.O, &basis[i])
		i++
	}
}

// lagrange gives the first n Lagrange polynomials of the domain at tau: (tau^N - 1) / N * w^i / (tau - w^i).
func lagrange(n int, domain *fft.Domain, s *secrets) []fr.Element {
	scale := s.vanishing(domain.Cardinality)
	scale.Mul(&scale, &domain.CardinalityInv)
	out := make([]fr.Element, n)
	each(n, 1<<12, func(from, to int) {
		var root fr.Element
		root.Exp(domain.Generator, big.NewInt(int64(from)))
		roots := make([]fr.Element, to-from)
		for i := range roots {
			roots[i] = root
			out[from+i].Sub(&s.tau, &root)
			root.Mul(&root, &domain.Generator)
		}
		inverses := fr.BatchInvert(out[from:to])
		for i := range roots {
			out[from+i].Mul(&inverses[i], &roots[i]).Mul(&out[from+i], &scale)
		}
		clear(inverses)
	})
	return out
}
