package setup

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// scalars are the discrete logarithms of a key's points.
type scalars struct {
	a, b                 []fr.Element // of the wires that have them
	infinityA, infinityB []bool
	public               []fr.Element // verifying key: public wires, then the commitment's hash
	private              []fr.Element
	committed            []fr.Element
	z                    *powers
}

// newScalars finds them. It keeps three slices of as many elements as there are wires.
func newScalars(r *cs.R1CS, info constraint.Groth16Commitment, domain *fft.Domain, s *secrets) (*scalars, error) {
	wires, publics := wiresOf(r), r.GetNbPublicVariables()
	isCommitted := make([]bool, wires)
	for _, w := range info.PrivateCommitted {
		if w < publics || w >= wires || w == info.CommitmentIndex || isCommitted[w] {
			return nil, fmt.Errorf("read commitment: want different private wires, got wire %d", w)
		}
		isCommitted[w] = true
	}
	if !slices.IsSorted(info.PrivateCommitted) {
		return nil, fmt.Errorf("read commitment: want its wires in ascending order")
	}
	isPublic := func(w int) bool { return w < publics || w == info.CommitmentIndex }
	p := evaluate(r, domain, s)

	var byGamma, byDelta fr.Element
	byGamma.Inverse(&s.gamma)
	byDelta.Inverse(&s.delta)
	each(wires, 1<<12, func(from, to int) {
		var x fr.Element
		for i := from; i < to; i++ {
			k := &p.c[i]
			k.Add(k, x.Mul(&s.beta, &p.a[i])).Add(k, x.Mul(&s.alpha, &p.b[i]))
			if isPublic(i) || isCommitted[i] {
				k.Mul(k, &byGamma)
			} else {
				k.Mul(k, &byDelta)
			}
		}
	})
	out := &scalars{committed: make([]fr.Element, 0, len(info.PrivateCommitted)), private: p.c[:0]}
	for i, k := range p.c {
		switch {
		case isPublic(i):
			out.public = append(out.public, k)
		case isCommitted[i]:
			out.committed = append(out.committed, k)
		default:
			out.private = append(out.private, k)
		}
	}
	out.a, out.infinityA = compact(p.a)
	out.b, out.infinityB = compact(p.b)
	scale := s.vanishing(domain.Cardinality)
	out.z = newPowers(&s.tau, scale.Mul(&scale, &byDelta), domain.Cardinality)
	byGamma.SetZero()
	byDelta.SetZero()
	return out, nil
}

// compact moves the elements that are not zero to the front and tells which are.
func compact(v []fr.Element) ([]fr.Element, []bool) {
	zero, kept := make([]bool, len(v)), v[:0]
	for i := range v {
		if zero[i] = v[i].IsZero(); !zero[i] {
			kept = append(kept, v[i])
		}
	}
	return kept, zero
}

// forget overwrites the scalars, from which tau follows.
func (s *scalars) forget() {
	for _, v := range [][]fr.Element{s.a[:cap(s.a)], s.b[:cap(s.b)], s.private[:cap(s.private)], s.committed, s.public, s.z.low, s.z.high} {
		clear(v)
	}
}

// powers gives scale times any power of a base below 2^bits, as the product of two that it has.
type powers struct {
	low, high []fr.Element
	bits      int
}

func newPowers(base, scale *fr.Element, cardinality uint64) *powers {
	p := &powers{bits: bits.TrailingZeros64(cardinality)}
	half := p.bits / 2
	p.low, p.high = make([]fr.Element, 1<<half), make([]fr.Element, 1<<(p.bits-half))
	step := *new(fr.Element).SetOne()
	for i := range p.low {
		p.low[i] = step
		step.Mul(&step, base)
	}
	at := *scale
	for i := range p.high {
		p.high[i] = at
		at.Mul(&at, &step)
	}
	return p
}

// reversed is scale times the base to the power whose bits are those of i in reverse order: gnark keeps the points
// of Z in the order in which its Fourier transform leaves coefficients.
func (p *powers) reversed(out *fr.Element, i int) {
	e := bits.Reverse64(uint64(i)) >> (64 - p.bits)
	out.Mul(&p.low[e&uint64(len(p.low)-1)], &p.high[e>>bits.TrailingZeros(uint(len(p.low)))])
}
