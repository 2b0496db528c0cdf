package gadget

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
)

// wire is the variable of a synthesis that is one wire, by its number.
type wire uint32

// form is the variable of a synthesis that is a linear combination: a constant, terms, and at most one row of a layer,
// which is stored as its number.
type form struct {
	constant fr.Element
	terms    []constraint.Term
	row      row
}

// row is a row of a layer times a factor.
type row struct {
	of     *Layer // nil for none
	index  int
	factor int64
}

// accumulate adds coef*v to f.
func (s *Synth) accumulate(f *form, coef int64, v frontend.Variable) {
	if coef == 0 {
		return
	}
	var c fr.Element
	switch v := v.(type) {
	case wire:
		f.terms = append(f.terms, constraint.Term{CID: s.coefs.of(coef), VID: uint32(v)})
	case *form:
		s.accumulateForm(f, coef, v)
	case int64:
		if p, ok := times(coef, v); ok {
			c.SetInt64(p)
		} else {
			var x fr.Element
			x.SetInt64(v)
			c.SetInt64(coef)
			c.Mul(&c, &x)
		}
		f.constant.Add(&f.constant, &c)
	case int:
		s.accumulate(f, coef, int64(v))
	case *big.Int:
		var x fr.Element
		x.SetBigInt(v)
		c.SetInt64(coef)
		f.constant.Add(&f.constant, c.Mul(&c, &x))
	default:
		s.accumulateForeign(f, coef, v)
	}
}

func (s *Synth) accumulateForm(f *form, coef int64, v *form) {
	if coef == 1 {
		f.constant.Add(&f.constant, &v.constant)
		f.terms = append(f.terms, v.terms...)
	} else {
		var c fr.Element
		c.SetInt64(coef)
		f.constant.Add(&f.constant, c.Mul(&c, &v.constant))
		for _, t := range v.terms {
			f.terms = append(f.terms, s.scale(t, coef))
		}
	}
	if v.row.of == nil {
		return
	}
	factor, ok := times(coef, v.row.factor)
	if _, fits := times(factor, v.row.of.largest); ok && fits && f.row.of == nil {
		f.row = row{v.row.of, v.row.index, factor}
		return
	}
	for _, t := range s.expand(v.row) {
		f.terms = append(f.terms, s.scale(t, coef))
	}
}

// scale is t times an integer.
func (s *Synth) scale(t constraint.Term, by int64) constraint.Term {
	id, ok := s.coefs.scale(t.CID, by)
	return s.known(constraint.Term{CID: id, VID: t.VID}, ok)
}

// multiply is t times a field element.
func (s *Synth) multiply(t constraint.Term, by *fr.Element) constraint.Term {
	id, ok := s.coefs.multiply(t.CID, by)
	return s.known(constraint.Term{CID: id, VID: t.VID}, ok)
}

// known fails where gnark's own operations have made a coefficient, which its builder does not tell.
func (s *Synth) known(t constraint.Term, ok bool) constraint.Term {
	if !ok {
		s.fail(fmt.Errorf("combine wires: the coefficient of wire %d is not known", t.VID))
	}
	return t
}

// expand gives the terms of a row.
func (s *Synth) expand(r row) []constraint.Term {
	if r.of == nil {
		return nil
	}
	entries := r.of.rows.Row(r.index, nil)
	terms := make([]constraint.Term, len(entries))
	for i, e := range entries {
		terms[i] = s.scale(constraint.Term{CID: s.coefs.of(e.Coef), VID: e.Wire}, r.factor)
	}
	return terms
}

// accumulateForeign adds coef times a variable that gnark's own operations have made.
func (s *Synth) accumulateForeign(f *form, coef int64, v frontend.Variable) {
	l, ok := s.raw.ToCanonicalVariable(v).(constraint.LinearExpression)
	if !ok {
		s.fail(fmt.Errorf("combine wires: want a variable of an R1CS, got %T", v))
		return
	}
	var own form
	for _, t := range l {
		if t.IsConstant() {
			t.VID = 0 // wire 0 of an R1CS is the constant one
		}
		own.terms = append(own.terms, t)
	}
	for _, t := range own.terms {
		if _, ok := s.coefs.scale(t.CID, coef); !ok {
			s.accumulateForeign(f, 1, s.api.Mul(v, coef))
			return
		}
	}
	s.accumulateForm(f, coef, &own)
}

// foreign makes v a variable for gnark's own operations.
func (s *Synth) foreign(v frontend.Variable) frontend.Variable {
	switch v := v.(type) {
	case wire:
		return s.compiler.InternalVariable(uint32(v))
	case *form:
		var sum frontend.Variable = v.constant
		var vs []frontend.Variable
		terms := append(v.terms[:len(v.terms):len(v.terms)], s.expand(v.row)...)
		for _, t := range terms {
			x := s.compiler.InternalVariable(t.VID)
			if c, ok := s.coefs.integer(t.CID); ok {
				vs = append(vs, s.api.Mul(x, c))
			} else if c, ok := s.coefs.exact[t.CID]; ok {
				vs = append(vs, s.api.Mul(x, c))
			} else {
				s.fail(fmt.Errorf("combine wires: the coefficient of wire %d is not known", t.VID))
			}
		}
		if len(vs) == 0 {
			return sum
		}
		return s.api.Add(sum, vs[0], vs[1:]...)
	}
	return v
}

// Multiple is w times a wire that is constant. It is for walks that do not evaluate.
func (s *Synth) Multiple(w, constant Wire) Wire {
	if s.engine {
		return Wire{V: s.api.Mul(w.V, constant.V)}
	}
	var c, f form
	s.accumulate(&c, 1, constant.V)
	s.accumulate(&f, 1, w.V)
	if len(c.terms) > 0 || c.row.of != nil || f.row.of != nil {
		s.fail(fmt.Errorf("combine wires: want a constant and a combination without a row"))
	}
	f.constant.Mul(&f.constant, &c.constant)
	for i, t := range f.terms {
		f.terms[i] = s.multiply(t, &c.constant)
	}
	return Wire{V: &f}
}
