package gadget

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark/frontend"
)

// Table proves that looked-up rows, a key and some values each, are rows of a table (LogUp, Haböck, "Multivariate
// lookups based on logarithmic derivatives", ePrint 2022/1530):
//
//	sum over queries of 1/(X - q)  =  sum over rows of m/(X - t)
//
// with q = key + B*value_1 + B^2*value_2 + ..., likewise t, and m the number of queries of the row. Keys of the
// rows are consecutive integers; their values are constants or wires.
//
// Keys, values and multiplicities are fixed by the commitment before X and B are drawn. A query and a row that
// differ anywhere differ in a polynomial in B of degree at most the number of columns d, which is not zero, so a
// random B merges them with probability at most d/r: over all pairs, queries * rows * d / r. When B merges none,
// rows are distinct as field elements because their keys are, and both sides, multiplied out, are polynomials in X
// of degree below queries + rows that are equal only if every query is a row; a random X, independent of B, hides
// that with probability at most (queries + rows)/r. So values that are advice are pinned by their key: they are
// those of its row, and lie in the range of the rows' values without a check of their own.
//
// A query costs one constraint, and one more for each value; a row costs one, and one more for each value where not
// all of the table's are constant.
//
// # Packed pairs
//
// A packed table (NewPacked) has one value a row and joins it to the key by a constant, q = key + 2^40 * value, so a
// query costs one constraint, and every wire of it but the inverse is small. That a query is a row t, key + 2^40 *
// value = k_t + 2^40 * v_t, does not say that it is the same pair. It does if value is known to be a small integer and
// key to lie, once it is an integer, less than 2^40 from every k_t: then key = k_t + 2^40 (v_t - value) is an integer, so
// its distance from k_t is a multiple of 2^40 below 2^40. Both are the caller's to prove.
type Table struct {
	s       *Synth
	low     int64
	values  []Wire // of the rows, one after the other
	columns int    // values of a row
	rows    int
	known   bool                // values are all constant
	packed  bool                // key and value are one integer
	union   *united             // of which it is the range table or a fold, nil for none
	fold    int                 // of the union, unless it is the range table
	keys    []frontend.Variable // of the queries
	vals    []frontend.Variable
	counts  []int64
}

// NewRange is the table of the integers in [0, 2^bits).
func (s *Synth) NewRange(bits uint) *Table {
	return s.addTable(&Table{s: s, rows: 1 << bits})
}

// NewFunction is the table of rows (low+i, columns[0][i], columns[1][i], ...). There is at least one column, and all
// have the same length.
func (s *Synth) NewFunction(low int64, columns ...[]int64) *Table {
	rows := len(columns[0])
	ws := make([]Wire, 0, rows*len(columns))
	for i := range rows {
		for _, c := range columns {
			ws = append(ws, s.Constant(c[i]))
		}
	}
	return s.addTable(&Table{s: s, low: low, values: ws, columns: len(columns), rows: rows, known: true})
}

// packing joins key and value of a packed table.
const packing = 40

// NewPacked is the table of pairs (low+i, column[i]) whose queries are one integer each: see Table for what the caller
// must prove of a query.
func (s *Synth) NewPacked(low int64, column []int64) *Table {
	t := s.NewFunction(low, column)
	t.packed = true
	return t
}

// NewRows is the table of rows (i, values[i*columns], ..., values[(i+1)*columns-1]), i from 0. columns is at least 1
// and divides the number of values. Values that are not constant must be determined by committed wires. known says
// that all are constant; else each costs a constraint, even if it is.
func (s *Synth) NewRows(columns int, values []Wire, known bool) *Table {
	return s.addTable(&Table{s: s, values: values, columns: columns, rows: len(values) / columns, known: known})
}

func (s *Synth) addTable(t *Table) *Table {
	t.counts = make([]int64, t.rows)
	s.tables = append(s.tables, t)
	return t
}

// Contains looks up key in a table of keys.
func (t *Table) Contains(key Wire) { t.Maps(key) }

// Maps looks up the row of key and values.
func (t *Table) Maps(key Wire, values ...Wire) {
	if t.s.closed {
		t.s.fail(errors.New("look up: want queries before the commitment, got one after it"))
		return
	}
	if len(values) != t.columns {
		t.s.fail(fmt.Errorf("table of %d values a row: got %d", t.columns, len(values)))
		return
	}
	if t.s.evaluates && t.folds() {
		t.union.count(t, key.X, values[0].X)
	} else if t.s.evaluates {
		row := key.X - t.low
		if row < 0 || row >= int64(t.rows) {
			t.s.fail(fmt.Errorf("table of %d rows from %d: no row %d", t.rows, t.low, key.X))
			return
		}
		for j, v := range values {
			if want := t.values[int(row)*t.columns+j].X; v.X != want {
				t.s.fail(fmt.Errorf("table of %d rows from %d: row %d, value %d: want %d, got %d", t.rows, t.low, key.X, j, want, v.X))
				return
			}
		}
		t.counts[row]++
	}
	if t.s.api != nil {
		t.keys = append(t.keys, key.V)
		for _, v := range values {
			t.vals = append(t.vals, v.V)
		}
	}
}

// folds reports whether the table is a fold of a union.
func (t *Table) folds() bool { return t.union != nil && t.union.ranges != t }

// fingerprint is key + the sum of powers[j]*values[j]. It costs a constraint a value unless all are known to be constant.
func (t *Table) fingerprint(key frontend.Variable, values []frontend.Variable, powers []Wire, known bool) Wire {
	if t.packed {
		return t.s.Combine(0, []int64{1, 1 << packing}, Wire{V: key}, Wire{V: values[0]})
	}
	sum := Wire{V: key}
	for j, v := range values {
		if known {
			sum = t.s.Combine(0, []int64{1, 1}, sum, t.s.Multiple(powers[j], Wire{V: v}))
			continue
		}
		sum = t.s.Combine(0, []int64{1, 1}, sum, t.s.Product(powers[j], Wire{V: v}))
	}
	return sum
}

// check makes the argument's constraints. powers are B, B^2, ..., at least as many as there are columns to join.
func (t *Table) check(multiplicities []Wire, x Wire, powers []Wire) {
	from := func(w Wire) Wire { return t.s.Combine(0, []int64{1, -1}, x, w) }
	unit := t.s.Constant(1)
	sum := make([]frontend.Variable, len(t.keys))
	for i, k := range t.keys {
		q := t.fingerprint(k, t.vals[i*t.columns:(i+1)*t.columns], powers, false)
		sum[i] = t.s.Quotient(unit, from(q)).V
	}
	queries := Wire{V: t.s.Sum(sum)}
	sum = make([]frontend.Variable, t.rows)
	row := make([]frontend.Variable, t.columns)
	for i := range sum {
		for j := range row {
			row[j] = t.values[i*t.columns+j].V
		}
		q := t.fingerprint(t.low+int64(i), row, powers, t.known)
		sum[i] = t.s.Quotient(multiplicities[i], from(q)).V
	}
	t.s.AssertEqual(Wire{V: t.s.Sum(sum)}, queries)
}

// powers are n: b, b^2, ... Each but the first is a constraint.
func (s *Synth) powers(b Wire, n int) []Wire {
	p := []Wire{b}
	for len(p) < n {
		p = append(p, s.Product(p[len(p)-1], b))
	}
	return p
}
