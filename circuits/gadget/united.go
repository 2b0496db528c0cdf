package gadget

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/frontend"
)

// united is a union in a circuit. The tables of its folds have the counts of rows with owners alone. Multiplicities of the rows
// that are for all are words of digits, of which the range table has the first.
type united struct {
	*Union
	s      *Synth
	ranges *Table
	tables []*Table  // one a fold
	words  [][]int64 // but the first, by row
	factor []Wire    // of each fold's values
	weight []Wire    // of each fold's queries

	counts         [][]Wire // of each fold
	multiplicities [][]Wire // of the rows that are for all, word by word
}

// Unite makes the rows of the wide table those of a union, whose width is the table's, and gives a table for each fold. What
// Maps asks of a query is said in Union.
func (r *Ranges) Unite(u *Union) []*Table {
	j := &united{Union: u, s: r.s, ranges: r.table(r.width)}
	if u.width != r.width || j.ranges.union != nil {
		r.s.fail(fmt.Errorf("unite tables: want one union with the range table of %d bits, got one of %d bits", r.width, u.width))
		return make([]*Table, len(u.folds))
	}
	j.ranges.union = j
	r.s.unions = append(r.s.unions, j)
	for i := range u.folds {
		j.tables = append(j.tables, &Table{s: r.s, columns: 1, known: true, union: j, fold: i, counts: make([]int64, u.size(i))})
		j.factor = append(j.factor, Wire{V: u.factor[i].BigInt(new(big.Int))})
		j.weight = append(j.weight, Wire{V: new(big.Int).Lsh(big.NewInt(1), u.digit*uint(i+1))})
	}
	for range u.words() - 1 {
		j.words = append(j.words, make([]int64, 1<<u.width))
	}
	return j.tables
}

// count counts the query of a pair by a fold.
func (u *united) count(t *Table, key, value int64) {
	f := u.folds[t.fold]
	b := int64(len(f.Column))
	want, row, ok := f.Column[0], -key, -key < int64(f.Near)
	switch {
	case key >= b:
		want, row, ok = want+f.Rise, int64(u.length)-1-(key-b), key-b < int64(f.Far)
	case key > 0:
		want, ok = f.Column[key], true
	}
	if !ok || value != want {
		u.s.fail(fmt.Errorf("fold of %d rows from -%d to %d: row %d: want %d, got %d", b, f.Near-1, b+int64(f.Far)-1, key, want, value))
		return
	}
	if row < 0 {
		t.counts[key-1]++
		return
	}
	if !u.add(t, int(row)) {
		u.s.fail(fmt.Errorf("fold: no row %d", row))
	}
}

// add counts a query of a row of the interval by a fold, and reports whether the fold may make it.
func (u *united) add(t *Table, row int) bool {
	if row >= 1<<u.width {
		at, ok := u.at(t.fold, row)
		if ok {
			t.counts[at]++
		}
		return ok
	}
	counts, digit := u.ranges.counts, t.fold+1
	if w := digit / u.digits(); w > 0 {
		counts = u.words[w-1]
	}
	counts[row] += 1 << (uint(digit%u.digits()) * u.digit)
	return true
}

// fingerprint is the joint value of a query.
func (u *united) fingerprint(t *Table, key, value frontend.Variable) Wire {
	v := u.s.Combine(-u.folds[t.fold].Column[0], []int64{1}, Wire{V: value})
	return u.s.Combine(0, []int64{1, -1}, u.s.Multiple(v, u.factor[t.fold]), Wire{V: key})
}

// bound advises the counts of the folds, and shows that the sums of rows with owners are what they must be. It takes bits and no
// lookups, which would be queries of the rows that it is about.
func (u *united) bound() {
	for _, t := range u.tables {
		u.counts = append(u.counts, u.s.Advise(t.counts))
	}
	for _, g := range u.groups {
		ones, ws := make([]int64, len(g.at)), make([]Wire, len(g.at))
		for i, at := range g.at {
			ones[i], ws[i] = 1, u.counts[g.fold][at]
		}
		sum := u.s.Combine(0, ones, ws...)
		bits, coefs := make([]int64, u.bits(g)), make([]int64, u.bits(g))
		for i := range bits {
			bits[i], coefs[i] = sum.X>>i&1, 1<<i
		}
		all := u.s.Advise(bits)
		for _, b := range all {
			u.s.AssertProduct(b.V, u.s.Combine(-1, []int64{1}, b).V, 0)
		}
		u.s.AssertEqual(u.s.Combine(0, coefs, all...), sum)
	}
}

// advise advises the words of the rows that are for all, but the first, which are the range table's counts.
func (u *united) advise() {
	for _, w := range u.words {
		u.multiplicities = append(u.multiplicities, u.s.Advise(w))
	}
}

// check makes the argument's constraints.
func (u *united) check(x Wire) {
	s := u.s
	if most := 1 << u.digit; len(u.ranges.keys) >= most {
		s.fail(fmt.Errorf("union: want fewer than %d queries of the range table, got %d", most, len(u.ranges.keys)))
	}
	from := func(w Wire) Wire { return s.Combine(0, []int64{1, -1}, x, w) }
	var queries []frontend.Variable
	for _, k := range u.ranges.keys {
		queries = append(queries, s.Quotient(s.Constant(1), from(Wire{V: k})).V)
	}
	for i, t := range u.tables {
		if most := u.folds[i].Queries; len(t.keys) > most {
			s.fail(fmt.Errorf("union: want at most %d queries of fold %d, got %d", most, i, len(t.keys)))
		}
		for j, k := range t.keys {
			queries = append(queries, s.Quotient(u.weight[i], from(u.fingerprint(t, k, t.vals[j]))).V)
		}
	}
	var rows []frontend.Variable
	row := func(value, multiplicity Wire) { rows = append(rows, s.Quotient(multiplicity, from(value)).V) }
	for i := range 1 << u.width {
		m := u.multiplicities[0][i]
		for w := 1; w < len(u.multiplicities); w++ {
			// The first digit of a word is that of the fold of one less.
			m = s.Combine(0, []int64{1, 1}, m, s.Multiple(u.multiplicities[w][i], u.weight[w*u.digits()-1]))
		}
		row(s.Constant(int64(i)), m)
	}
	owned := func(owners []owner) Wire {
		m := s.Constant(0)
		for _, o := range owners {
			m = s.Combine(0, []int64{1, 1}, m, s.Multiple(u.counts[o.fold][o.at], u.weight[o.fold]))
		}
		return m
	}
	beyond := make([][]owner, u.length-1<<u.width)
	for i := range u.folds {
		u.beyond(i, func(row, at int) { beyond[row-1<<u.width] = append(beyond[row-1<<u.width], owner{i, at}) })
	}
	for i, owners := range beyond {
		row(s.Constant(int64(i+1<<u.width)), owned(owners))
	}
	for _, r := range u.core {
		row(Wire{V: r.value.BigInt(new(big.Int))}, owned(r.owners))
	}
	s.AssertEqual(Wire{V: s.Sum(rows)}, Wire{V: s.Sum(queries)})
}
