package gadget

import (
	"math/big"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
)

// Entry is one coefficient of a row of a Layer.
type Entry struct {
	Wire uint32 // number of the wire, of those of Synth.Number
	Coef int64
}

// Rows is a constant matrix over wires, which makes its rows when they are asked for. It must be safe for concurrent use
// and always make the same rows.
type Rows interface {
	// Row appends the entries of row i to dst. Coefficients are not zero.
	Row(i int, dst []Entry) []Entry
	// Coefficients are those that rows have, each once.
	Coefficients() []int64
	// Wires calls f for every wire that a row has.
	Wires(f func(number uint32))
}

// Summer is a Rows that sums all its rows at once.
type Summer interface {
	// Sums gives the sum of every row, over wires that are integers, by number. It gives nothing where a wire of its own is
	// not known to be one, or a sum might leave 63 bits. It must be safe for concurrent use.
	Sums(wires []int64, known []bool) []int64
}

// Layer is a linear map of wires that is stored once, whatever number of constraints consume its rows: a constraint
// names its row.
type Layer struct {
	rows    Rows
	names   *names
	largest int64 // magnitude of a coefficient

	placed bool
	level  constraint.Level // the last on which a wire of the layer is solved
}

// place finds the level of the layer. All its wires are in the tree before a constraint has a row.
func (l *Layer) place(tree constraint.InstructionTree) constraint.Level {
	if !l.placed {
		l.placed, l.level = true, constraint.LevelUnset
		l.rows.Wires(func(id uint32) {
			if tree.HasWire(id) {
				l.level = max(l.level, tree.GetWireLevel(id))
			}
		})
	}
	return l.level
}

// Entries appends the entries of row i to dst.
func (l *Layer) Entries(i int, dst []Entry) []Entry { return l.rows.Row(i, dst) }

// Sums gives the sum of every row over wires that are integers, where the layer can.
func (l *Layer) Sums(wires []int64, known []bool) []int64 {
	if s, ok := l.rows.(Summer); ok {
		return s.Sums(wires, known)
	}
	return nil
}

var entries = sync.Pool{New: func() any { return new([]Entry) }}

// each calls f for the entries of row i.
func (l *Layer) each(i int, f func(Entry)) {
	b := entries.Get().(*[]Entry)
	*b = l.rows.Row(i, (*b)[:0])
	for _, e := range *b {
		f(e)
	}
	entries.Put(b)
}

// terms appends row i times factor to dst. The coefficients have names.
func (l *Layer) terms(i int, factor int64, dst constraint.LinearExpression) constraint.LinearExpression {
	l.each(i, func(e Entry) {
		id, ok := l.names.find(e.Coef * factor)
		if !ok {
			panic("gadget: a row of a layer has changed since it was synthesized")
		}
		dst = append(dst, constraint.Term{CID: id, VID: e.Wire})
	})
	return dst
}

// NewLayer is the layer of rows. It is nil where constraints take no rows: while tracing, and in gnark's test engine.
func (s *Synth) NewLayer(rows Rows) *Layer {
	if s.api == nil || s.engine {
		return nil
	}
	l := &Layer{rows: rows, names: s.coefs.names}
	for _, c := range rows.Coefficients() {
		l.largest = max(l.largest, c, -c)
	}
	return l
}

// Number is the number of a variable that is one wire of a synthesis. ok is false for all others.
func (s *Synth) Number(w Wire) (number uint32, ok bool) {
	n, ok := w.V.(wire)
	return uint32(n), ok
}

// Row is constant + the sum of coefs[j]*ws[j] + row i of the layer, none if it is nil. It is for walks that do not
// evaluate.
func (s *Synth) Row(l *Layer, i int, constant *big.Int, coefs []int64, ws []Wire) Wire {
	if s.engine {
		sum := s.Combine(0, coefs, ws...)
		sum.V = s.api.Add(sum.V, constant)
		return sum
	}
	f := &form{terms: nil}
	f.constant.SetBigInt(constant)
	for j, w := range ws {
		s.accumulate(f, coefs[j], w.V)
	}
	if l != nil {
		s.accumulateForm(f, 1, &form{row: row{l, i, 1}})
	}
	return Wire{V: f}
}

// Weigh is the sum of coefs[j]*ws[j] for coefficients of any size. It is for walks that do not evaluate.
func (s *Synth) Weigh(coefs []*big.Int, ws []Wire) Wire {
	if s.engine {
		var sum Wire
		sum.V = 0
		for j, w := range ws {
			sum.V = s.api.Add(sum.V, s.api.Mul(w.V, coefs[j]))
		}
		return sum
	}
	f := &form{}
	for j, w := range ws {
		var by, c fr.Element
		by.SetBigInt(coefs[j])
		part := &form{}
		s.accumulate(part, 1, w.V)
		f.constant.Add(&f.constant, c.Mul(&part.constant, &by))
		for _, t := range append(part.terms, s.expand(part.row)...) {
			f.terms = append(f.terms, s.multiply(t, &by))
		}
	}
	return Wire{V: f}
}
