package solver

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"

	"assay/circuits/gadget"
)

// maxSmall is the least magnitude of a coefficient that is no small integer. Products of smaller ones and words of 64 bits
// add up within 128 bits for as many terms as a constraint can have.
const maxSmall = 1 << 36

// sum is what terms add up to: an integer of 128 bits, and an element for what is not small.
type sum struct {
	element   fr.Element
	high, low uint64
	elements  bool // element is not zero
}

// add adds a*b to the integer.
func (t *sum) add(a, b int64) {
	high, low := bits.Mul64(uint64(a), uint64(b))
	high -= uint64(a>>63)&uint64(b) + uint64(b>>63)&uint64(a)
	var carry uint64
	t.low, carry = bits.Add64(t.low, low, 0)
	t.high, _ = bits.Add64(t.high, high, carry)
}

// terms adds terms of the system.
func (t *sum) terms(s *Solver, terms []uint32) {
	for ; len(terms) > 1; terms = terms[2:] {
		id, wire := terms[0], terms[1]
		if wire == constant {
			wire = 0
		}
		if c := s.coefficients[id]; c.small && s.advised[wire] {
			t.add(c.integer, s.small[wire])
			continue
		}
		t.elements = true
		switch id {
		case constraint.CoeffIdZero:
		case constraint.CoeffIdOne:
			t.element.Add(&t.element, &s.wires[wire])
		case constraint.CoeffIdMinusOne:
			t.element.Sub(&t.element, &s.wires[wire])
		default:
			var x fr.Element
			t.element.Add(&t.element, x.Mul(&s.r.Coefficients[id], &s.wires[wire]))
		}
	}
}

// row adds the entries of a row times a factor.
func (t *sum) row(s *Solver, entries []gadget.Entry, factor int64) {
	for _, e := range entries {
		c := e.Coef * factor
		if s.advised[e.Wire] && -maxSmall < c && c < maxSmall {
			t.add(c, s.small[e.Wire])
			continue
		}
		var x fr.Element
		x.SetInt64(c)
		t.elements = true
		t.element.Add(&t.element, x.Mul(&x, &s.wires[e.Wire]))
	}
}

// value is the sum as an element.
func (t *sum) value(to *fr.Element) {
	switch {
	case t.high == uint64(int64(t.low)>>63):
		to.SetInt64(int64(t.low))
	default:
		var low fr.Element
		low.SetUint64(t.low)
		to.SetInt64(int64(t.high))
		to.Mul(to, &word).Add(to, &low)
	}
	if t.elements {
		to.Add(to, &t.element)
	}
}

var word fr.Element // 2^64

func init() {
	word.SetUint64(1 << 32)
	word.Square(&word)
}
